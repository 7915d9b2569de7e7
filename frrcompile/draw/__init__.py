"""Pictures of nodes and sites, for people: from the IR to boxes and links, and from these to SVG, Mermaid and Graphviz."""
