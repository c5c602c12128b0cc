"""Write testdata/source/lines.tsv: where the block of every planned resource
stands, found by another parser (python-hcl2) and by Terraform's rules.

usage: lines.py NAME=PLAN=FOLDER... >testdata/source/lines.tsv
"""

import json
import os
import re
import sys

import hcl2

LABELS = {"resource": 2, "data": 2, "module": 1}


def text_of(label):
    return "".join(label.scan_values(lambda token: True)).strip('"')


def blocks(folder):
    """(kind, type, name) -> (file, line), of *.tf in byte order."""
    found = {}
    for file in sorted(os.listdir(folder)):
        if not file.endswith(".tf"):
            continue
        with open(os.path.join(folder, file)) as text:
            body = hcl2.parses_to_tree(text.read()).children[0]
        for block in body.children:
            if block.data != "block":
                continue
            kind, *labels = map(text_of, [
                part for part in block.children
                if getattr(part, "data", "") in ("identifier", "string")])
            if len(labels) == LABELS.get(kind):
                key = (kind, *([""] + labels)[-2:])
                found.setdefault(key, (file, block.meta.line))
    return found


def calls_of(address):
    """The call names, keys dropped, and what stands behind them."""
    names = []
    step = re.compile(r'module\.([^.\[]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.')
    while match := step.match(address):
        names.append(match[1])
        address = address[match.end():]
    return names, address


def locate(root, configuration, change):
    names, rest = calls_of(change["address"])
    module, folder, best = configuration["root_module"], "", None
    for name in names:
        here = blocks(os.path.join(root, folder)).get(("module", "", name))
        if here:
            best = (os.path.join(folder, here[0]), here[1], "module-call")
        call = module["module_calls"][name]
        if not re.match(r"\.\.?/", call["source"]):
            return best
        folder = os.path.normpath(os.path.join(folder, call["source"]))
        module = call["module"]
    kind = "data" if change["mode"] == "data" else "resource"
    here = blocks(os.path.join(root, folder)).get(
        (kind, change["type"], change["name"]))
    return (os.path.join(folder, here[0]), here[1], "resource") if here else best


def main():
    print("# Made by testdata/oracle/lines.py.")
    for argument in sys.argv[1:]:
        name, plan, folder = argument.split("=")
        with open(plan) as text:
            document = json.load(text)
        rows = set()
        for change in document["resource_changes"]:
            place = locate(folder, document["configuration"], change)
            if place:  # what is deleted has no block
                rows.add((change["address"], *place))
        for row in sorted(rows):
            print(name, *row, sep="\t")


main()
