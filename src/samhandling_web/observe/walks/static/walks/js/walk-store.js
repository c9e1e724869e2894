// Where findings lie in the telephone until they have been received.
const STORE = "findings";

const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("samhandling-walks", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

export const inStore = async (mode, act) => {
  const done = (await opened).transaction(STORE, mode);
  const asked = act(done.objectStore(STORE));
  return new Promise((resolve, reject) => {
    done.oncomplete = () => resolve(asked.result);
    done.onerror = done.onabort = () => reject(done.error);
  });
};
