"""Walks over the items of a tree, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem


def children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The items right below this one."""
    found = (item.child(place) for place in range(item.childCount()))
    return [child for child in found if child is not None]


def tops(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    """The items on top."""
    found = (tree.topLevelItem(place) for place in range(tree.topLevelItemCount()))
    return [item for item in found if item is not None]


def walk(tree: QTreeWidget) -> Iterator[QTreeWidgetItem]:
    """Every item, each followed by what is below it."""

    def below(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
        yield item
        for child in children(item):
            yield from below(child)

    for item in tops(tree):
        yield from below(item)
