"""Kafka's command-line tools, as far as the lessons call them: the download has none, so these read the same arguments.

They print what the tools of Kafka 4.3 print. A topic is read by partition, without a group: the broker of the tests
gives nothing to members of one.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

import download

sys.path.insert(0, str(download.folder()))

from confluent_kafka import Consumer, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

Record = tuple[bytes | None, bytes | None, int, int]


def read_topic(servers: str, topic: str, seconds: float = 0.7, limit: int | None = None) -> list[Record]:
    """Key, value, partition and offset of every record; ends when nothing came for so long."""
    consumer = Consumer({"bootstrap.servers": servers, "group.id": "tests", "log_level": 0})
    found: list[Record] = []
    try:
        known = consumer.list_topics(timeout=10).topics
        if topic not in known:
            return []
        consumer.assign([TopicPartition(topic, number, 0) for number in known[topic].partitions])
        last = time.monotonic()
        while time.monotonic() - last < seconds and (limit is None or len(found) < limit):
            message = consumer.poll(0.1)
            if message is not None and message.error() is None:
                found.append((message.key(), message.value(), message.partition(), message.offset()))
                last = time.monotonic()
    finally:
        consumer.close()
    return found


def delete_topics(servers: str, pattern: str) -> None:
    """Delete every topic whose whole name the regular expression matches."""
    admin = AdminClient({"bootstrap.servers": servers, "log_level": 0})
    names = [name for name in admin.list_topics(timeout=10).topics if re.fullmatch(pattern, name)]
    for done in admin.delete_topics(names).values() if names else []:
        done.result()


def console_consumer(servers: str, words: list[str]) -> int:
    parser = argparse.ArgumentParser("kafka-console-consumer.sh")
    parser.add_argument("--topic", required=True)
    parser.add_argument("--from-beginning", action="store_true", required=True)
    parser.add_argument("--timeout-ms", type=int, required=True)
    parser.add_argument("--max-messages", type=int)
    # --property is deprecated since Kafka 4.2 and prints a warning into the output: refused here.
    parser.add_argument("--formatter-property", action="append", default=[])
    options = parser.parse_args(words)
    shown = dict(item.split("=", 1) for item in options.formatter_property)
    separator = shown.get("key.separator", "\t")
    seconds = min(options.timeout_ms / 1000, 3.0)
    found = read_topic(servers, options.topic, seconds, options.max_messages)
    for key, value, partition, _ in found:
        parts = []
        if shown.get("print.partition") == "true":
            parts.append(f"Partition:{partition}")
        if shown.get("print.key") == "true":
            parts.append("null" if key is None else key.decode())
        parts.append("null" if value is None else value.decode())
        print(separator.join(parts))
    print(f"Processed a total of {len(found)} messages", file=sys.stderr)
    return 0


def topics(servers: str, words: list[str]) -> int:
    parser = argparse.ArgumentParser("kafka-topics.sh")
    for name in ("--list", "--describe", "--create", "--delete", "--if-exists"):
        parser.add_argument(name, action="store_true")
    parser.add_argument("--topic")
    parser.add_argument("--partitions", type=int, default=1)
    options = parser.parse_args(words)
    admin = AdminClient({"bootstrap.servers": servers, "log_level": 0})
    names = sorted(admin.list_topics(timeout=10).topics)
    matching = [name for name in names if options.topic is None or re.fullmatch(options.topic, name)]
    if options.list:
        print("\n".join(names))
    elif options.create:
        for done in admin.create_topics([NewTopic(options.topic, options.partitions, 1)]).values():
            done.result()
        print(f"Created topic {options.topic}.")
    elif options.delete:
        delete_topics(servers, options.topic)
    else:
        for name in matching:
            parts = admin.list_topics(name, timeout=10).topics[name].partitions
            print(f"Topic: {name}\tPartitionCount: {len(parts)}\tReplicationFactor: {len(parts[0].replicas)}")
    return 0


def get_offsets(servers: str, words: list[str]) -> int:
    parser = argparse.ArgumentParser("kafka-get-offsets.sh")
    parser.add_argument("--topic", required=True)
    options = parser.parse_args(words)
    admin = AdminClient({"bootstrap.servers": servers, "log_level": 0})
    consumer = Consumer({"bootstrap.servers": servers, "group.id": "tests", "log_level": 0})
    try:
        for name, topic in sorted(admin.list_topics(timeout=10).topics.items()):
            for number in topic.partitions if re.fullmatch(options.topic, name) else ():
                _, high = consumer.get_watermark_offsets(TopicPartition(name, number), timeout=10)
                print(f"{name}:{number}:{high}")
    finally:
        consumer.close()
    return 0


TOOLS = {"kafka-console-consumer": console_consumer, "kafka-topics": topics, "kafka-get-offsets": get_offsets}


def main(arguments: list[str]) -> int:
    """`BROKER TOOL --bootstrap-server kafka:9092 ...`"""
    servers, tool, *words = arguments
    name = Path(tool).name.removesuffix(".sh")
    assert words[0] == "--bootstrap-server", words
    try:
        return TOOLS[name](servers, words[2:])
    except KafkaException as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
