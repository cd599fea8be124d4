"""The picture of an authenticator's secret is whole, and brings nothing that our content policy forbids."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from api.code_picture import code_picture


def test_the_picture_is_svg_without_script_or_style() -> None:
    drawn = code_picture("otpauth://totp/Siklus:rina?secret=JBSWY3DPEHPK3PXP&issuer=Siklus")
    names = {one.tag.rpartition("}")[2] for one in ET.fromstring(drawn).iter()}  # noqa: S314 - our own

    assert {"svg", "g", "path"} >= names
    assert "style=" not in drawn


def test_another_secret_is_another_picture() -> None:
    assert code_picture("otpauth://totp/a?secret=A") != code_picture("otpauth://totp/a?secret=B")
