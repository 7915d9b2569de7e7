"""What to do in a model about a finding in the frr.conf that it makes. A rule's own help names lines of frr.conf."""

from __future__ import annotations

from frrcompile.ir.origin import Origin

_HELP: dict[tuple[str, str], str] = {
    ("FRR224", ""): "end it with an entry `{action: permit}`",
    ("FRR225", ""): "end it with an entry that permits the rest",
    ("FRR313", ""): "write it before that entry, or take it out",
    (
        "FRR712",
        "password",
    ): "keep the password out of the model, in `password-file` or `password-env`, and frr.conf private",
    ("FRR721", ""): "name the network that the neighbors are in, or give the session a password",
    ("FRR722", "ebgp-multihop"): "take `ttl-security` instead, or give the session a password",
    ("FRR723", ""): "set a `maximum-prefix` for the neighbor",
    ("FRR724", ""): "name a policy under `import`",
}
"""By code, and by the name of the field where what to do depends on it."""


def help_for(code: str, at: Origin) -> str | None:
    """What to do about a finding at a field of the model; None where the rule's own help serves."""
    return None if at[0] == "raw" else _HELP.get((code, str(at[-1]))) or _HELP.get((code, ""))
