"""Random sites of two or three nodes on live FRR: what the site check says of every route is what the RIBs have."""
