import pytest
from hypothesis import given
from hypothesis import strategies as st

from frrcompile.diagnostics import Span
from frrcompile.syntax import Block, Item, Statement, Tree, read
from frrcompile.syntax.commands.matcher import Verdict
from frrcompile.syntax.commands.table import table
from frrcompile.syntax.nodes import document, nodes
from tests.syntax import corpus


def outline(tree: Tree) -> list[object]:
    """The tree as nested lists of lines; a block is [node, header, children, closer]."""

    def one(item: Item) -> object:
        if not isinstance(item, Block):
            return item.text
        closer = item.closer.text if item.closer else None
        return [item.node, item.header.text, [one(child) for child in item.children], closer]

    return [one(item) for item in tree.children]


LINES = st.sampled_from(
    [
        *(header.replace("...", "64512") for entry in document()["nodes"] for header in entry.get("header", ())),
        *("exit", "quit", "end", "exit-vrf", "exit-address-family", "exit-vni", "exit-vnc", "no enable", "exi", "no"),
        *("interface eth0", "router bgp 1 vrf red", "route-map a permit 10", "vni 100", "key 1", "no router bgp 1"),
        *("vrf red", "!", "# x", "", "description x ! y", "hostname r1", "profile slow", "\N{NO-BREAK SPACE}exit"),
    ]
)
ENDINGS = st.sampled_from(["\n", "\r\n", " \n", "\t\r\n", "\r", ""])
CONFIGURATIONS = st.lists(st.builds("{}{}{}".format, st.sampled_from(["", " ", "\t"]), LINES, ENDINGS)).map("".join)


@given(st.text() | CONFIGURATIONS)
def test_any_text_is_read_and_comes_back_the_same(text: str) -> None:
    tree = read(text)
    assert tree.text() == text
    assert "".join(line.raw for line in tree.lines()) == text


@given(CONFIGURATIONS)
def test_every_line_is_in_the_tree_once_and_in_order(text: str) -> None:
    assert [line.number for line in read(text).lines()] == list(
        range(1, text.count("\n") + 1 + (text[-1:] not in ("", "\n")))
    )


@given(CONFIGURATIONS)
def test_a_block_stands_in_its_parent(text: str) -> None:
    for around, block in read(text).contexts():
        assert nodes()[block.node].ancestors == (*(outer.node for outer in reversed(around)), "config")


@given(CONFIGURATIONS)
def test_walking_meets_every_statement_once(text: str) -> None:
    tree = read(text)
    assert [line for _, line in tree.walk()] == [line for line in tree.lines() if isinstance(line, Statement)]


def test_the_corpus_comes_back_the_same() -> None:
    for path in corpus.files():
        text = corpus.text(path)
        assert read(text, path.name).text() == text, path


NESTING = {
    "closers": (
        "vrf red\n vni 100\nexit-vrf\nhostname r1\n",
        [["vrf", "vrf red", ["vni 100"], "exit-vrf"], "hostname r1"],
    ),
    "a header at the top ends what is open": (
        "router bgp 1\n address-family l2vpn evpn\n  vni 100\n   rd 1:1\ninterface eth0\n mtu 9000\n",
        [
            [
                "bgp",
                "router bgp 1",
                [["bgp-evpn", "address-family l2vpn evpn", [["bgp-evpn-vni", "vni 100", ["rd 1:1"], None]], None]],
                None,
            ],
            ["interface", "interface eth0", ["mtu 9000"], None],
        ],
    ),
    "vrf in a BGP instance without its exit is a shortened vrf-policy, as vtysh has it": (
        "router bgp 1\n address-family ipv4\nvrf red\n",
        [
            [
                "bgp",
                "router bgp 1",
                [["bgp-ipv4", "address-family ipv4", [], None], ["vrf-policy", "vrf red", [], None]],
                None,
            ]
        ],
    ),
    "a closer of an outer node ends the inner one": (
        "router bgp 1\naddress-family l2vpn evpn\nvni 100\nexit-address-family\nexit\n",
        [
            [
                "bgp",
                "router bgp 1",
                [
                    [
                        "bgp-evpn",
                        "address-family l2vpn evpn",
                        [["bgp-evpn-vni", "vni 100", [], None]],
                        "exit-address-family",
                    ]
                ],
                "exit",
            ]
        ],
    ),
    "comments before the line that ends a block are the parent's": (
        "interface eth0\n! of eth0\n description x\n!\n! of eth1\ninterface eth1\n!\n",
        [
            ["interface", "interface eth0", ["! of eth0", "description x"], None],
            "!",
            "! of eth1",
            ["interface", "interface eth1", [], None],
            "!",
        ],
    ),
    "comments before a closer are the block's": (
        "router bgp 1\n !\nexit\n!\n",
        [["bgp", "router bgp 1", ["!"], "exit"], "!"],
    ),
    "indentation means nothing": (
        "vrf red\nvni 100\n        exit-vrf\n   vni 200\n",
        [["vrf", "vrf red", ["vni 100"], "exit-vrf"], "vni 200"],
    ),
    "an abbreviated header is a header": (
        "int eth0\n descr x\nrou b 1\n addr ipv4 uni\n exit-a\n",
        [
            ["interface", "int eth0", ["descr x"], None],
            ["bgp", "rou b 1", [["bgp-ipv4", "addr ipv4 uni", [], "exit-a"]], None],
        ],
    ),
    "an ambiguous abbreviation is not": ("rou 1\nrou o 1\n", ["rou 1", "rou o 1"]),
    "a bfd peer's profile is a line, bfd's own is a block": (
        "bfd\n peer 192.0.2.1\n  profile slow\n exit\n profile slow\n",
        [
            [
                "bfd",
                "bfd",
                [["bfd-peer", "peer 192.0.2.1", ["profile slow"], "exit"], ["bfd-profile", "profile slow", [], None]],
                None,
            ]
        ],
    ),
    "ldp has interfaces of its own": (
        "mpls ldp\n address-family ipv4\n  interface eth0\n  interface eth1\n exit-address-family\ninterface eth0\n",
        [
            [
                "ldp",
                "mpls ldp",
                [
                    [
                        "ldp-ipv4",
                        "address-family ipv4",
                        [["ldp-ipv4-interface", f"interface eth{n}", [], None] for n in (0, 1)],
                        "exit-address-family",
                    ]
                ],
                None,
            ],
            ["interface", "interface eth0", [], None],
        ],
    ),
    "keys stand side by side": (
        "key chain a\n key 1\n  key-string x\n key 2\nkey chain b\n",
        [
            ["key-chain", "key chain a", [["key", "key 1", ["key-string x"], None], ["key", "key 2", [], None]], None],
            ["key-chain", "key chain b", [], None],
        ],
    ),
    "isis has segment routing lines of its own": (
        "router isis core\n segment-routing on\n no segment-routing\nsegment-routing\n traffic-eng\n",
        [
            ["isis", "router isis core", ["segment-routing on", "no segment-routing"], None],
            ["segment-routing", "segment-routing", [["traffic-eng", "traffic-eng", [], None]], None],
        ],
    ),
    "taking back a header is a line where the header would stand": (
        "router bgp 1\n address-family ipv4\nno router bgp 2\nno vrf red\n",
        [
            ["bgp", "router bgp 1", [["bgp-ipv4", "address-family ipv4", [], None]], None],
            "no router bgp 2",
            "no vrf red",
        ],
    ),
    "end changes nothing": ("vrf red\nend\n vni 100\n", [["vrf", "vrf red", ["end", "vni 100"], None]]),
    "a closer with nothing to close is a line": (
        "exit\nexit-vrf\nrouter bgp 1\n exit-address-family\n",
        ["exit", "exit-vrf", ["bgp", "router bgp 1", ["exit-address-family"], None]],
    ),
    "what no node knows stays where it stands": ("vrf red\n gibberish\n", [["vrf", "vrf red", ["gibberish"], None]]),
}


@pytest.mark.parametrize(("text", "expected"), NESTING.values(), ids=NESTING)
def test_nesting(text: str, expected: list[object]) -> None:
    assert outline(read(text)) == expected
    assert outline(read(text.replace("\n", "\r\n"))) == expected


def test_spans_of_blocks_reach_from_header_to_last_line() -> None:
    tree = read("!\n vrf red\n  vni 100\n exit-vrf \nrouter bgp 1\n  address-family ipv4\n\n", "a.conf")
    assert [(block.node, block.span) for _, block in tree.contexts()] == [
        ("vrf", Span("a.conf", 2, 2, 4, 10)),
        ("bgp", Span("a.conf", 5, 1, 6, 22)),
        ("bgp-ipv4", Span("a.conf", 6, 3, 6, 22)),
    ]


def test_command_tables_send_a_line_to_the_node_that_knows_it() -> None:
    text = "interface eth0\n description x\n!\nip forwarding\nvrf red\n gibberish\n"
    tree = read(text, table=table((10, 7)))
    assert outline(tree) == [
        ["interface", "interface eth0", ["description x"], None],
        "!",
        "ip forwarding",
        ["vrf", "vrf red", ["gibberish"], None],
    ]
    assert tree.text() == text
    assert {number: match.verdict for number, match in tree.remarks.items()} == {6: Verdict.UNKNOWN}


def test_a_table_writes_out_what_is_shortened_and_knows_the_header_by_it() -> None:
    tree = read("rou bgp 1\n nei 192.0.2.1 remote-a 2\n", table=table((10, 7)))
    assert outline(tree) == [["bgp", "rou bgp 1", ["nei 192.0.2.1 remote-a 2"], None]]
    assert {number: " ".join(match.words) for number, match in tree.remarks.items()} == {
        1: "router bgp 1",
        2: "neighbor 192.0.2.1 remote-as 2",
    }


def test_a_header_that_frr_refuses_opens_its_block_nevertheless() -> None:
    tree = read("router bgp 0\n neighbor 192.0.2.1 remote-as 2\n", table=table((10, 7)))
    assert outline(tree) == [["bgp", "router bgp 0", ["neighbor 192.0.2.1 remote-as 2"], None]]
    assert set(tree.remarks) == {1}


def test_a_line_that_no_node_has_ends_nothing() -> None:
    tree = read(
        "router bgp 1\n address-family ipv4 unicast\n  gibberish\n  neighbor 192.0.2.1 activate\n", table=table((10, 7))
    )
    assert outline(tree) == [
        [
            "bgp",
            "router bgp 1",
            [["bgp-ipv4", "address-family ipv4 unicast", ["gibberish", "neighbor 192.0.2.1 activate"], None]],
            None,
        ]
    ]
