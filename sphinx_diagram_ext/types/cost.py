"""``type: cost``: parts of a total that must add up."""

from __future__ import annotations

import dataclasses
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import TIMES, Measure, Shares
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder
from sphinx_diagram_ext.types.nodes import ItemSpec
from sphinx_diagram_ext.types.numbers import Amount, figure
from sphinx_diagram_ext.types.texts import Key, Words

MOST_PARTS = 12
"""Parts that a pie chart has colours for (https://mermaid.js.org/config/theming.html#pie-chart)."""

_DIGITS = 60
"""Digits that the product of two amounts has at most."""


class CostPartSpec(ItemSpec):
    """A part of the total."""

    amount: Amount = Field(description="What it costs.")
    quantity: Amount | None = Field(None, description="How many of it there are; times 'price' it is the amount.")
    price: Amount | None = Field(None, description="What one of it costs.")


class CostSpec(DiagramSpec):
    """Parts of a total."""

    type: Literal["cost"]
    parts: dict[Key, CostPartSpec] = Field(min_length=1, description="Parts by key.")
    total: Amount | None = Field(None, description="What all parts cost; an error if they do not add up to it.")
    currency: Words | None = Field(None, description="Stands before every amount, such as $.")
    unit: Words | None = Field(None, description="Stands behind every amount, such as K a month.")


def build(spec: CostSpec, builder: Builder) -> Shares:
    """Return the parts; each says its amount and its share."""
    whole = sum((part.amount for part in spec.parts.values()), Decimal(0))
    if spec.total is not None and spec.total != whole:
        found, wanted = (figure(value, spec.unit, spec.currency) for value in (whole, spec.total))
        builder.problem(Code.SCHEMA, f"The parts add up to {found}, but the total is {wanted}.", "total")
    if len(spec.parts) > MOST_PARTS:
        message = f"There are {len(spec.parts)} parts, more than {MOST_PARTS}; put the small ones together."
        builder.problem(Code.SCHEMA, message, "parts", key=True)
    for key, part in spec.parts.items():
        if not part.amount:
            builder.problem(Code.SCHEMA, f"{key!r} costs nothing and would not be seen.", "parts", key, "amount")
        _check_product(key, part, spec, builder)
    parts = tuple(_part(key, part, whole, spec, builder) for key, part in spec.parts.items())
    text, path = figure(whole, spec.unit, spec.currency), "total" if spec.total else "parts"
    total = builder.total(text, (part.node for part in parts), path)
    return Shares(parts, total)


def _part(key: str, part: CostPartSpec, whole: Decimal, spec: CostSpec, builder: Builder) -> Measure:
    node = builder.node(key, part, "parts", key, name=key)
    share = f"{part.amount / whole * 100:.1f}".removesuffix(".0") if whole else "0"
    text = f"{figure(part.amount, spec.unit, spec.currency)} ({share}\u00a0%)"
    amount = builder.message(text, "parts", key, "amount")
    if part.quantity is None or part.price is None:
        return Measure(dataclasses.replace(node, details=(amount, *node.details)), part.amount)
    text = TIMES.join((figure(part.quantity), figure(part.price, currency=spec.currency)))
    product = builder.message(text, "parts", key, "quantity")
    details = (amount, product, *node.details)
    return Measure(dataclasses.replace(node, details=details), part.amount, factors=(part.quantity, part.price))


def _check_product(key: str, part: CostPartSpec, spec: CostSpec, builder: Builder) -> None:
    """Note that quantity and price do not make the amount, rounded to as many decimals as it has."""
    if part.quantity is None or part.price is None:
        given, lacking = ("price", "quantity") if part.quantity is None else ("quantity", "price")
        if part.quantity is not part.price:
            message = f"{key!r} has a {given} and no {lacking}; write both or neither."
            builder.problem(Code.SCHEMA, message, "parts", key, given)
        return
    with localcontext(prec=_DIGITS):
        product = part.quantity * part.price
        agrees = product.quantize(part.amount, ROUND_HALF_UP) == part.amount
    if not agrees:
        right = figure(product.normalize(), spec.unit, spec.currency)
        found = figure(part.amount, spec.unit, spec.currency)
        message = f"{figure(part.quantity)}{TIMES}{figure(part.price)} is {right}, but the amount is {found}."
        builder.problem(Code.SCHEMA, message, "parts", key, "amount")
