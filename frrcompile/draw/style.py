"""The colours of a picture, on paper and on a dark screen."""

from __future__ import annotations

from frrcompile.draw.picture import State

KINDS: dict[str, tuple[str, str, str, str]] = {
    "neighbor": ("#f1f5f9", "#64748b", "#1e293b", "#94a3b8"),
    "nic": ("#ffffff", "#94a3b8", "#0f172a", "#64748b"),
    "router": ("#eff6ff", "#2563eb", "#172554", "#60a5fa"),
    "node": ("#eff6ff", "#2563eb", "#172554", "#60a5fa"),
    "vtep": ("#f5f3ff", "#7c3aed", "#2e1065", "#a78bfa"),
    "l3vni": ("#f0fdfa", "#0d9488", "#042f2e", "#2dd4bf"),
    "l2vni": ("#ecfeff", "#0891b2", "#083344", "#22d3ee"),
    "vrf": ("#fff7ed", "#c2570c", "#431407", "#fb923c"),
    "host": ("#fdf2f8", "#be185d", "#500724", "#f472b6"),
    "bridge": ("#fdf2f8", "#be185d", "#500724", "#f472b6"),
}
"""For each kind of box: its filling and its border in the light, then in the dark."""

STATES: dict[State, tuple[str, str, str, str]] = {
    State.SAME: ("#ffffff", "#94a3b8", "#1e293b", "#64748b"),
    State.ADDED: ("#dcfce7", "#15803d", "#052e16", "#4ade80"),
    State.REMOVED: ("#fee2e2", "#b91c1c", "#450a0a", "#f87171"),
    State.CHANGED: ("#fef9c3", "#a16207", "#422006", "#facc15"),
}
"""The same for what became of a part."""

MARKS = {State.SAME: "", State.ADDED: "+", State.REMOVED: "−", State.CHANGED: "~"}
"""What says the state without a colour."""

WORDS = {State.ADDED: "added", State.REMOVED: "removed", State.CHANGED: "changed"}

LINKS: dict[str, tuple[str, str, str, str]] = {
    "session": ("#334155", "#cbd5e1", "", "BGP session"),
    "link": ("#94a3b8", "#64748b", "", "link"),
    "overlay": ("#7c3aed", "#a78bfa", "6 4", "VXLAN"),
}
"""For each style of link: its colour in the light and in the dark, its dashes, and what it is called."""

_PLAIN = {
    "paper": ("#ffffff", "#0b1120"),
    "zone": ("#f8fafc", "#111827"),
    "zone-border": ("#e2e8f0", "#1f2937"),
    "text": ("#0f172a", "#f1f5f9"),
    "muted": ("#475569", "#94a3b8"),
}

FONT = "'DejaVu Sans', Verdana, 'Segoe UI', Helvetica, Arial, sans-serif"


def css() -> str:
    """The style sheet: light, and dark where the reader's system is."""
    always = (
        f".fc text{{font-family:{FONT};font-size:12px}}"
        ".fc .h{font-size:20px;font-weight:700}.fc .t{font-size:14px;font-weight:700}"
        ".fc .z{font-weight:700}"
        ".fc .l{fill:none;stroke-linejoin:round;stroke-width:1.6}"
        ".fc text.removed{text-decoration:line-through}"
        ".fc .b{stroke-width:1.4}.fc .b.added,.fc .b.removed,.fc .b.changed{stroke-width:2.2}"
        ".fc .b.removed{stroke-dasharray:7 4}"
        + "".join(f".fc .l.{name}{{stroke-dasharray:{dashes}}}" for name, (_, _, dashes, _) in LINKS.items() if dashes)
        + ".fc .l.added,.fc .l.removed{stroke-width:2.4}"
    )
    return f"{always}{_colours(0)}@media (prefers-color-scheme:dark){{{_colours(1)}}}"


def _colours(dark: int) -> str:
    plain = {name: both[dark] for name, both in _PLAIN.items()}
    rules = [
        f".fc .paper{{fill:{plain['paper']}}}",
        f".fc .zone{{fill:{plain['zone']};stroke:{plain['zone-border']}}}",
        f".fc text{{fill:{plain['text']}}}.fc .m,.fc .z{{fill:{plain['muted']}}}",
    ]
    rules += [f".fc .b.{kind}{{fill:{four[2 * dark]};stroke:{four[2 * dark + 1]}}}" for kind, four in KINDS.items()]
    rules += [f".fc .l.{name}{{stroke:{one[dark]}}}.fc .d.{name}{{fill:{one[dark]}}}" for name, one in LINKS.items()]
    for state, four in STATES.items():
        fill, border = four[2 * dark], four[2 * dark + 1]
        rules.append(f".fc .b.{state.value}{{fill:{fill};stroke:{border}}}")
        if state is not State.SAME:
            rules.append(f".fc .l.{state.value}{{stroke:{border}}}.fc .d.{state.value}{{fill:{border}}}")
            rules.append(f".fc text.{state.value}{{fill:{border}}}")
    return "".join(rules)
