"""The rules, a module for each family. A rule is a function decorated with `registry.rule`."""
