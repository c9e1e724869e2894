"""Repeated work in seeded chunks, run here, in processes or on a cluster with the same answer."""

from samhandling.execution.chunks import Chunk, chunks_of
from samhandling.execution.cluster import Cluster
from samhandling.execution.executors import Executor, InProcess, Processes, WorkersKeptDying
from samhandling.execution.replicates import USUAL, Replicates

__all__ = [
    "USUAL",
    "Chunk",
    "Cluster",
    "Executor",
    "InProcess",
    "Processes",
    "Replicates",
    "WorkersKeptDying",
    "chunks_of",
]
