"""The codes of what is found while other projects' resources are read or written, each with what documents it."""

from __future__ import annotations

LOST = "IMP001"
SHAPE = "IMP002"
FOREIGN = "IMP003"
NOWHERE = "IMP004"
NO_UNDERLAY = "IMP005"
CONFLICT = "IMP006"
OTHERWISE = "IMP007"
OLDER = "IMP008"

SECRET = "MOD901"
SEVERAL_AS = "MOD902"
NO_SESSION = "MOD903"
UNSAID = "MOD904"
REFUSED = "MOD905"

IMPORTING = {
    LOST: """A field of a resource is not carried over into the model.

    What: a field that the model has no field for, or that the reader does not know.
    Why: the router would do less than the resources say. The message names each such field, and the rest is imported.
    Bad:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
          isis: {}
    Good:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    """,
    SHAPE: """A resource is not as its own definition requires.

    What: a required field that is missing, a value of another kind than the definition's, or fields that exclude each other.
    Why: Kubernetes refuses such a resource, so that no router has it.
    Bad:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: [64514]
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    Good:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    """,
    FOREIGN: """A document is no resource that is read.

    What: a document whose `kind` or `apiVersion` is not one of OpenPERouter's configuration. This is a warning.
    Why: a file may hold resources of other programs. A mistyped kind looks the same, so each one is named.
    Bad:
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: other}
        ---
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    Good:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    """,
    NOWHERE: """A resource selects no node of the site.

    What: a resource whose `nodeSelector` fits no node that `--node` names.
    Why: the resource is left out. Labels are not in the resources: `--node NAME=INDEX,LABEL=VALUE` gives them.
    Bad:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
          nodeSelector: {matchLabels: {rack: r1}}
    Good:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
          nodeSelector: {matchLabels: {kubernetes.io/hostname: node-0}}
    """,
    NO_UNDERLAY: """No Underlay selects a node, or there is no resource at all.

    What: a node that no Underlay selects, or files without a resource of OpenPERouter.
    Why: OpenPERouter configures nothing on a node without an Underlay, and a model needs one.
    Bad:
        apiVersion: network.openperouter.io/v1alpha1
        kind: L3VNI
        metadata: {name: red}
        spec: {vrf: red, vni: 100}
    Good:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    """,
    CONFLICT: """Two resources exclude each other on a node.

    What: two Underlays or two L3Passthroughs that select one node, or two L3VNIs with one VRF.
    Why: a node has one of each. The first is taken, so that the result depends on the order of the files.
    Bad:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: one}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
        ---
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: two}
        spec:
          asn: 64515
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    Good:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: one}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    """,
    OTHERWISE: """The model gives a field a slightly different meaning than the resource.

    What: a field that the model carries over with another meaning, which the message says. This is a warning.
    Why: the router does what OpenPERouter's router does, or nearly so, and not what the field says.
    Bad:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
        ---
        apiVersion: network.openperouter.io/v1alpha1
        kind: L3Passthrough
        metadata: {name: pass}
        spec: {hostSession: {asn: 64599, hostASN: 64700, localCIDR: {ipv4: 192.0.3.0/24}}}
    Good:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
        ---
        apiVersion: network.openperouter.io/v1alpha1
        kind: L3Passthrough
        metadata: {name: pass}
        spec: {hostSession: {asn: 64514, hostASN: 64700, localCIDR: {ipv4: 192.0.3.0/24}}}
    """,
    OLDER: """The resources are those of an older release of OpenPERouter.

    What: fields of OpenPERouter v0.1 or v0.2 that its present definitions no longer have. This is for information.
    Why: the fields are read as the release means them. The present definitions have another name for nearly every field.
    Bad:
        apiVersion: openpe.openperouter.github.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          nics: [eth1]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    Good:
        apiVersion: network.openperouter.io/v1alpha1
        kind: Underlay
        metadata: {name: underlay}
        spec:
          asn: 64514
          interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
          neighbors: [{asn: 64512, address: 192.0.2.1}]
    """,
}

EXPORTING = {
    SECRET: """A session has a password, which frr-k8s takes from a Secret.

    What: a host session with a password. This is a warning, with the name of the Secret that the FRRConfiguration refers to.
    Why: no password is written out. Without the Secret, frr-k8s does not configure the session.
    Bad:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}, password-env: FRR_PASSWORD_LEAF}}}
    Good:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}}}
    """,
    SEVERAL_AS: """The host sessions of a node have different ASes of the host.

    What: a host session whose `asn` is not that of the node's first host session. This is an error where the first session's AS is the
        router's own AS in the second one.
    Why: the host is one speaker with one AS. It shows another one by `localASN`, which older releases of frr-k8s do not know.
    Bad:
        vrfs:
          red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}}
          blue: {table: 1101, host-session: {asn: 64516, ipv4: {pool: 10.1.0.0/24}}}
    Good:
        vrfs:
          red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}}
          blue: {table: 1101, host-session: {asn: 64515, ipv4: {pool: 10.1.0.0/24}}}
    """,
    NO_SESSION: """A node has no host session.

    What: a node without `host-session` in its VRFs and without `passthrough`. This is a warning.
    Why: frr-k8s would have no neighbor there, so that no FRRConfiguration is written for the node.
    Bad:
        vrfs: {red: {table: 1100}}
    Good:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}}}
    """,
    UNSAID: """An FRRConfiguration cannot say a setting of a host session.

    What: a `port` of a host session, or a BFD profile with two different echo intervals. This is a warning.
    Why: the host's speaker must have the same setting, and frr-k8s has no field for it.
    Bad:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, port: 1790, ipv4: {pool: 10.0.0.0/24}}}}
    Good:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}}}}
    """,
    REFUSED: """The host would announce a prefix that every host session of the node refuses.

    What: a `--prefix` that the import policy of each host session denies, or whose family no host session carries. This is a
        warning. The examples are exported with `--prefix 10.244.0.0/24`.
    Why: the session comes up, and no VRF gets the prefix. The host announces each prefix over all host sessions, so one session
        that takes it is enough.
    Bad:
        prefix-lists: {pods: [{action: permit, prefix: 10.245.0.0/16, le: 24}]}
        route-maps: {from-host: [{action: permit, match: {prefix-list: pods}}]}
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}, import: from-host}}}
    Good:
        prefix-lists: {pods: [{action: permit, prefix: 10.244.0.0/16, le: 24}]}
        route-maps: {from-host: [{action: permit, match: {prefix-list: pods}}]}
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.0.0.0/24}, import: from-host}}}
    """,
}
