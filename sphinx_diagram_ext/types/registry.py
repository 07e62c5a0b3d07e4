"""Registry of the diagram types: for each its name, the grammar of its YAML and its builder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.types import (
    architecture,
    cascade,
    comparison,
    cost,
    curve,
    dashboard,
    decision,
    evolution,
    failure_sequence,
    flow,
    journey,
    latency,
    matrix,
    mermaid,
    migration,
    ownership,
    pipeline,
    protocol,
    schema,
    sequence,
    state,
    timeline,
    topology,
    utilisation,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.model import Body
    from sphinx_diagram_ext.types.base import DiagramSpec
    from sphinx_diagram_ext.types.builder import Builder


@dataclass(frozen=True, slots=True)
class DiagramType:
    """A diagram type: its name, the schema of its YAML and what builds the model."""

    name: str
    spec: type[DiagramSpec]
    build: Callable[[Any, Builder], Body]
    digest: str = ""
    """Digest of the template of a type of a user's own."""


_ALL = (
    DiagramType("architecture", architecture.ArchitectureSpec, architecture.build),
    DiagramType("flow", flow.FlowSpec, flow.build),
    DiagramType("comparison", comparison.ComparisonSpec, comparison.build),
    DiagramType("decision", decision.DecisionSpec, decision.build),
    DiagramType("sequence", sequence.SequenceSpec, sequence.build),
    DiagramType("timeline", timeline.TimelineSpec, timeline.build),
    DiagramType("state", state.StateDiagramSpec, state.build),
    DiagramType("topology", topology.TopologySpec, topology.build),
    DiagramType("pipeline", pipeline.PipelineSpec, pipeline.build),
    DiagramType("cascade", cascade.CascadeSpec, cascade.build),
    DiagramType("evolution", evolution.EvolutionSpec, evolution.build),
    DiagramType("journey", journey.JourneySpec, journey.build),
    DiagramType("ownership", ownership.OwnershipSpec, ownership.build),
    DiagramType("dashboard", dashboard.DashboardSpec, dashboard.build),
    DiagramType("failure-sequence", failure_sequence.FailureSequenceSpec, failure_sequence.build),
    DiagramType("protocol", protocol.ProtocolSpec, protocol.build),
    DiagramType("cost", cost.CostSpec, cost.build),
    DiagramType("latency", latency.LatencySpec, latency.build),
    DiagramType("utilisation", utilisation.UtilisationSpec, utilisation.build),
    DiagramType("curve", curve.CurveSpec, curve.build),
    DiagramType("migration", migration.MigrationSpec, migration.build),
    DiagramType("schema", schema.SchemaSpec, schema.build),
    DiagramType("matrix", matrix.MatrixSpec, matrix.build),
    DiagramType("mermaid", mermaid.MermaidSpec, mermaid.build),
)

TYPES: dict[str, DiagramType] = {item.name: item for item in _ALL}
"""Every diagram type by its name."""
