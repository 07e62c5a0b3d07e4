"""What Debezium documents of its MBeans, and what the rules of the JMX exporter make of them."""

from __future__ import annotations

import re

# https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-streaming-metrics
# https://debezium.io/documentation/reference/stable/connectors/mysql.html#mysql-streaming-metrics
_STREAMING = """
LastEvent MilliSecondsSinceLastEvent NumberOfErroneousEvents TotalNumberOfEventsSeen TotalNumberOfCreateEventsSeen
TotalNumberOfUpdateEventsSeen TotalNumberOfDeleteEventsSeen NumberOfEventsFiltered NumberOfUnchangedEventsSkipped
CapturedTables QueueTotalCapacity QueueRemainingCapacity Connected MilliSecondsBehindSource
MilliSecondsBehindSourceMinValue MilliSecondsBehindSourceMaxValue MilliSecondsBehindSourceAverageValue
MilliSecondsBehindSourceP50 MilliSecondsBehindSourceP95 MilliSecondsBehindSourceP99 NumberOfCommittedTransactions
SourceEventPosition LastTransactionId MaxQueueSizeInBytes CurrentQueueSizeInBytes
BinlogFilename BinlogPosition IsGtidModeEnabled GtidSet NumberOfSkippedEvents NumberOfDisconnects
NumberOfRolledBackTransactions NumberOfNotWellFormedTransactions NumberOfLargeTransactions
"""
# https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-snapshot-metrics
_SNAPSHOT = """
TotalTableCount RemainingTableCount SnapshotRunning SnapshotPaused SnapshotAborted SnapshotCompleted SnapshotSkipped
SnapshotDurationInSeconds SnapshotPausedDurationInSeconds RowsScanned TableChunkCounts TableChunksCompletedCounts
ChunkId ChunkFrom ChunkTo TableFrom TableTo
"""
STREAMING = set(_STREAMING.split()) | set(_SNAPSHOT.split())


def exported(rules: list[dict], text: str) -> tuple[str, dict[str, str]] | None:
    """Name and labels that the first matching rule gives to `text`, written as the exporter does, or None."""
    for rule in rules:
        match = re.search(rule["pattern"], text)
        if match is None:
            continue
        name = re.sub(r"[^a-zA-Z0-9_:]", "_", _fill(rule["name"], match))
        return name, {key: _fill(value, match) for key, value in rule.get("labels", {}).items()}
    return None


def _fill(value: str, match: re.Match[str]) -> str:
    return re.sub(r"\$(\d+)", lambda number: match[int(number[1])], str(value))
