"""What the operator writes: YAML with positions, then types. One file per concept of the field."""
