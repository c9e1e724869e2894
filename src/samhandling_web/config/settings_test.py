"""Settings for the tests: a data folder of their own, quick passwords, letters kept in memory."""

import atexit
import os
import shutil
import tempfile

# Every process of a parallel run gets files of its own.
os.environ["SAMHANDLING_DATA"] = tempfile.mkdtemp(prefix="samhandling-test-")
os.environ.setdefault("SAMHANDLING_SECRET_KEY", "only-for-tests")

from samhandling_web.config.settings import *  # noqa: F403

atexit.register(shutil.rmtree, os.environ["SAMHANDLING_DATA"], ignore_errors=True)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
