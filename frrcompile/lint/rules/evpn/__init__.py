"""Address families and EVPN: VNIs, the instance that EVPN runs in, route targets and distinguishers, the VTEP."""
