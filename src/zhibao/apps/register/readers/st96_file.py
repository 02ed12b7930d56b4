"""WIPO ST.96 trademark XML, read as a stream: one Trademark at a time, whatever office's schema wraps it.

Elements are told by their local names: offices publish under the namespaces of several versions of the standard, and
some under their own that keep its names. Only what the register holds is read.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from zhibao.apps.register.errors import BrokenXml, ForbiddenXml, NotSt96
from zhibao.apps.register.readers.sheet import RawRow, Sheet

# field: the element names that may hold it, the better one first
_TEXTS = {
    "number": ("RegistrationNumber", "RegistrationNumberText", "ApplicationNumberText", "ST13ApplicationNumber"),
    "name": ("MarkVerbalElementText", "MarkSignificantVerbalElementText"),
    "name_en": ("MarkTranslationText", "MarkTransliterationText"),
    "status": ("MarkCurrentStatusCode",),
    "applied_on": ("ApplicationDate",),
    "granted_on": ("RegistrationDate",),
    "until": ("ExpiryDate",),
    "image": ("MarkImageDigest",),
}
_PARTIES = ("Holder", "Owner", "Applicant")
_NAMES = (
    "OrganizationStandardName", "EntityName", "LegalEntityName", "OrganizationName", "PersonFullName",
    "NationalPersonFullName",
)  # fmt: skip
_STATUSES = {
    "registered": "in-force", "registration published": "in-force", "registration renewed": "in-force",
    "application filed": "pending", "application published": "pending", "application under examination": "pending",
    "expired": "expired", "registration cancelled": "cancelled", "ended": "expired", "application withdrawn": "cancelled",
    "application refused": "cancelled", "registration invalidated": "invalidated",
}  # fmt: skip
COLUMNS = (*_TEXTS, "owner", "country", "owner_address", "classes", "goods")


def read_st96(stream: BinaryIO, name: str) -> Sheet:
    """Return the trademarks of an ST.96 document as a sheet whose columns are our own field names."""
    del name
    stream.seek(0)
    return Sheet("st96", COLUMNS, _rows(stream))


def _rows(stream: BinaryIO) -> Iterator[RawRow]:
    number = 0
    try:
        parents: list[Element] = []
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                parents.append(element)
                continue
            parents.pop()
            if local(element) != "Trademark":
                continue
            number += 1
            yield RawRow(number, cells_of(element))
            # What was read is dropped from its parents, so that a file of a million marks stays small in memory.
            for parent in parents:
                parent.clear()
    except DefusedXmlException:
        raise ForbiddenXml from None
    except ParseError as error:
        raise BrokenXml(line=error.position[0], taken=number) from None
    if not number:
        raise NotSt96


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _first(mark: Element, names: tuple[str, ...]) -> str:
    found: dict[str, str] = {}
    for element in mark.iter():
        name = local(element)
        if name in names and name not in found and element.text and element.text.strip():
            found[name] = element.text.strip()
    return next((found[name] for name in names if name in found), "")


def _all(mark: Element, name: str) -> list[str]:
    texts = ((element.text or "").strip() for element in mark.iter() if local(element) == name)
    return [text for text in texts if text]


def cells_of(mark: Element) -> dict[str, str]:
    """Return the cells of one Trademark element."""
    cells = {field: _first(mark, names) for field, names in _TEXTS.items()}
    # A registration keeps its application's number beside its own; the status words of the standard become ours.
    cells["status"] = _STATUSES.get(cells["status"].casefold(), cells["status"])
    for field in ("applied_on", "granted_on", "until"):
        cells[field] = cells[field][:10]  # xs:date may carry an offset
    party = next((e for kind in _PARTIES for e in mark.iter() if local(e) == kind), None)
    if party is not None:
        cells["owner"] = _party_name(party)
        cells["country"] = _first(party, ("CountryCode", "AddressCountryCode", "NationalityCode"))
        cells["owner_address"] = " ".join(_all(party, "AddressLineText"))
    classes = dict.fromkeys(number.lstrip("0") or "0" for number in _all(mark, "ClassNumber"))
    cells["classes"] = ",".join(classes)
    cells["goods"] = "；".join(_all(mark, "GoodsServicesDescriptionText"))
    return {field: value for field, value in cells.items() if value}


def _party_name(party: Element) -> str:
    whole = _first(party, _NAMES)
    return whole or " ".join(filter(None, (_first(party, ("FirstName",)), _first(party, ("LastName",)))))
