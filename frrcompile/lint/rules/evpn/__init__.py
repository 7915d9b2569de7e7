"""Address families and EVPN: VNIs, the instance that EVPN runs in, route targets and distinguishers, the VTEP."""

from frrcompile.lint.rules.evpn import l3vnis, targets, underlay

__all__ = ["l3vnis", "targets", "underlay"]
