"""The connector of the lab on the real stack, with what tests ask of its slot, offset and topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stack import wait_for

if TYPE_CHECKING:
    from stack import Stack

NAME = "inventory-postgres"
SLOT = "debezium_shop"


@dataclass
class Lab:
    """`prefix` is the topic.prefix: topics outlive a test, so each has its own."""

    stack: Stack
    prefix: str

    def config(self, **changes: str | None) -> dict[str, str]:
        """The lab's configuration; a keyword names a property with `__` for a dot, None takes it away."""
        config = self.stack.lab() | {"topic.prefix": self.prefix}
        for key, value in changes.items():
            config.pop(key.replace("__", "."), None)
            if value is not None:
                config[key.replace("__", ".")] = value
        return config

    def start(self, **changes: str | None) -> None:
        self.stack.create(NAME, self.config(**changes))
        self.stack.wait_running(NAME)

    def configure(self, **changes: str | None) -> None:
        status, answer = self.stack.call("PUT", f"/connectors/{NAME}/config", self.stack.adapt(self.config(**changes)))
        assert status == 200, answer

    def stop(self) -> None:
        self.stack.stop_connector(NAME)

    def resume(self) -> None:
        self.stack.call("PUT", f"/connectors/{NAME}/resume")

    def sql(self, text: str) -> list[list[str]]:
        return self.stack.postgres.sql(text)

    def order(self, quantity: int) -> None:
        """A new order that can be told by its quantity."""
        self.sql(f"INSERT INTO orders (customer_id, product_id, quantity, amount) VALUES (1, 1, {quantity}, 10)")

    def quantities(self, prefix: str | None = None) -> list[int]:
        """Quantities of new orders in their topic, in order of arrival."""
        events = self.stack.events(f"{prefix or self.prefix}.public.orders")
        return [event["after"]["quantity"] for event in events if event["op"] == "c"]

    def wait_order(self, quantity: int) -> list[int]:
        def arrived() -> list[int]:
            found = self.quantities()
            return found if quantity in found else []

        found: list[int] = wait_for(f"order {quantity} in {self.prefix}", arrived)
        return found

    def wait_order_in_any_way(self, quantity: int) -> list[int]:
        """Wait for an order, read by a snapshot or from the WAL."""

        def arrived() -> list[int]:
            events = self.stack.events(f"{self.prefix}.public.orders")
            found = [event["after"]["quantity"] for event in events if event["op"] in {"r", "c"}]
            return found if quantity in found else []

        found: list[int] = wait_for(f"order {quantity} in {self.prefix}", arrived)
        return found

    # Positions

    def slot(self, column: str = "confirmed_flush_lsn") -> int:
        """A position of the slot as a number, as offsets write it."""
        return int(
            self.stack.postgres.value(
                f"SELECT ({column} - '0/0'::pg_lsn)::bigint FROM pg_replication_slots WHERE slot_name = '{SLOT}'"
            )
        )

    def offsets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.stack.get(f"/connectors/{NAME}/offsets")["offsets"]
        return found

    def offset(self) -> dict[str, Any]:
        (entry,) = wait_for("an offset", self.offsets)
        found: dict[str, Any] = entry["offset"]
        return found

    def wait_streaming_offset(self) -> dict[str, Any]:
        """The offset, once an event of the WAL is in it."""
        wait_for("an offset of an event", lambda: "messageType" in self.offset())
        return self.offset()

    def wal_position(self) -> int:
        """Where the server's WAL on disk ends."""
        self.stack.postgres.flush()
        return int(self.stack.postgres.value("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint"))

    def restore(self, offset: dict[str, Any]) -> tuple[int, Any]:
        body = {"offsets": [{"partition": {"server": self.prefix}, "offset": offset}]}
        return self.stack.call("PATCH", f"/connectors/{NAME}/offsets", body)

    def wait_slot_beyond(self, position: int, column: str = "confirmed_flush_lsn") -> None:
        wait_for(f"{column} beyond {position}", lambda: self.slot(column) > position)

    def metric(self, attribute: str, context: str = "streaming") -> str | None:
        """An attribute of the connector's MBean as text; None while it has none."""
        head = f"context={context}, server={self.prefix}><>{attribute}: "
        for line in self.stack.mbeans():
            if head in line:
                return line.split(head, 1)[1]
        return None
