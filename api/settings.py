"""What an installation may set: environment variables that begin with SIKLUS_. Read when asked for, never at import."""

from __future__ import annotations

import ipaddress
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.core.definition import CatchUp
from engine.core.identity.account import SystemRole
from engine.core.identity.expiry import DAY, HOUR, MINUTE, Lasting
from engine.core.identity.sign_in_rules import SignInRules
from engine.core.sealing.notes import COSIGNS_ED25519, COSIGNS_ML_DSA_44, public_key
from engine.errors import NoteUnreadable

LogLevel = Literal["debug", "info", "warning", "error"]
Encryption = Literal["none", "starttls", "tls"]


class Speech(BaseSettings):
    """How the command line speaks where nothing else is said."""

    model_config = SettingsConfigDict(env_prefix="SIKLUS_", frozen=True, extra="ignore")

    #: the language of answers and errors; pages go by what each visitor reads
    language: Literal["id", "en"] = "en"


class ProviderSettings(BaseSettings):
    """An identity provider (OpenID Connect) that people sign in with; without an issuer there is none."""

    model_config = SettingsConfigDict(env_prefix="SIKLUS_OIDC_", frozen=True, extra="ignore")

    #: the provider's name, as it stands in its own description below /.well-known/openid-configuration
    issuer: Annotated[str, Field(pattern=r"^(https?://[^\s?#]+)?$")] = ""
    #: what its button on the sign-in page is called
    name: Annotated[str, Field(max_length=60)] = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    scope: str = "openid profile email"
    #: the claim that holds somebody's person_id; empty: nobody is found by one
    person_claim: str = ""
    #: whether somebody is found by their address of mail, if the provider says that it verified it
    by_email: bool = False
    #: the claim that lists groups, and which group has which system role: {"siklus-admins": "administrator"}
    groups_claim: str = "groups"
    groups: dict[str, SystemRole] = {}
    #: values of amr or acr that say that a second factor was asked for
    second_factor: tuple[str, ...] = ("mfa", "otp", "hwk")


class WitnessSettings(BaseModel):
    """A witness that is asked to sign the log's checkpoints."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: what it is called here
    name: Annotated[str, Field(pattern=r"^[^\s]{1,60}$")]
    #: where it answers; /add-checkpoint is put behind it
    url: Annotated[str, Field(pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$")]
    #: its public key, as siklus witness init prints it
    vkey: str

    @field_validator("vkey")
    @classmethod
    def _is_a_witness(cls, value: str) -> str:
        """Refuses what is no key of a witness."""
        try:
            kind = public_key(value).kind
        except NoteUnreadable as error:
            raise ValueError(error.message) from None
        if kind not in (COSIGNS_ED25519, COSIGNS_ML_DSA_44):
            raise ValueError("this is the key of a log, not of a witness")
        return value


class Settings(Speech):
    """One installation. Values given in code win over the environment; anything unsaid has a default."""

    #: where the database is: an SQLAlchemy URL
    database: str = "sqlite:///siklus.db"
    #: how people reach this installation; links in mails begin with it
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] = "http://127.0.0.1:8000"
    #: further names it answers to, with their ports, between commas: other links in use, a health check by address
    hosts: str = ""
    #: addresses or networks of the proxies in front, between commas; only they are believed about whom they forward
    proxies: str = ""
    #: whether the documentation of the API is open to everybody; unsaid, in a demo only
    api_docs: bool | None = None
    #: the file with the secret of this installation; empty means siklus.key beside the database's file
    key_file: str = ""
    #: the file with the keys that words are sealed with; empty means siklus-words.keys beside the key file
    word_keys_file: str = ""
    #: the name of the sealed log, for ever: agency.example/appraisal; empty makes one of the host and chance
    log_origin: Annotated[str, Field(max_length=255)] = ""
    #: the file with the keys that sign the log; empty means siklus-log.key beside siklus.db
    log_key_file: str = ""
    #: seconds between two seals; 0 leaves sealing to another process (`siklus audit seal --every`)
    seal_seconds: Annotated[float, Field(ge=0, le=3600)] = 10
    #: who is asked to sign checkpoints as well, as JSON: [{"name": "audit", "url": "http://10.0.0.7:8030",
    #: "vkey": "audit.agency.example/witness+..."}]
    witnesses: tuple[WitnessSettings, ...] = ()
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    log_level: LogLevel = "info"
    #: the server that takes our mail; empty means that no mail is sent
    smtp_host: str = ""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 25
    smtp_encryption: Encryption = "none"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = "siklus@localhost"

    #: hours without any beat after which the engine is taken to have stood still
    standstill_hours: Annotated[float, Field(gt=0, le=8760)] = 24
    #: minutes by which the clock may run ahead of a steady one between two beats before it is in doubt
    clock_jump_minutes: Annotated[float, Field(gt=0, le=1440)] = 15
    #: what rings after a standstill where a ladder does not say
    catch_up: CatchUp = "collapse"

    #: hours after which a session that is not used is over, and after which any is
    session_idle_hours: Annotated[float, Field(ge=0.25, le=24)] = 8
    session_hours: Annotated[float, Field(ge=0.25, le=24)] = 12
    #: minutes after signing in within which accounts, passwords and tokens may be changed
    fresh_minutes: Annotated[int, Field(ge=2, le=60)] = 15
    #: hours the only administrator waits before they do alone what takes two
    alone_hours: Annotated[int, Field(ge=1, le=720)] = 24
    #: days two accounts stand, without a hand of either in the other, before they count as two people
    apart_days: Annotated[int, Field(ge=1, le=90)] = 7
    #: bits of an IPv6 address that count as one address: what a household or an office is given
    ipv6_prefix: Annotated[int, Field(ge=32, le=128)] = 64

    #: who else signs people in
    oidc: ProviderSettings = Field(default_factory=ProviderSettings)

    @field_validator("proxies")
    @classmethod
    def _are_addresses(cls, value: str) -> str:
        """Refuses what is no address: a name or a star would let anybody say where they come from."""
        for one in _listed(value):
            ipaddress.ip_network(one)
        return value

    @field_validator("witnesses")
    @classmethod
    def _differ(cls, value: tuple[WitnessSettings, ...]) -> tuple[WitnessSettings, ...]:
        """Refuses two of one name or one key: they would be one witness."""
        if len({one.name for one in value}) < len(value) or len({one.vkey for one in value}) < len(value):
            raise ValueError("each witness has a name and a key of its own")
        return value

    def host_names(self) -> frozenset[str]:
        """The further names, in small letters."""
        return frozenset(_listed(self.hosts.lower()))

    @property
    def by_https(self) -> bool:
        """Whether people come by https, whatever the last stretch to us is."""
        return self.base_url.lower().startswith("https://")

    def sign_in_rules(self) -> SignInRules:
        """How long signing in lasts here, and who counts as another person."""
        return SignInRules(
            lasting=Lasting(
                idle=int(self.session_idle_hours * HOUR),
                absolute=int(self.session_hours * HOUR),
                fresh=self.fresh_minutes * MINUTE,
            ),
            alone=self.alone_hours * HOUR,
            apart=self.apart_days * DAY,
            ipv6_prefix=self.ipv6_prefix,
        )

    def link(self, path: str) -> str:
        """The full address of a page of ours, as it stands in a mail."""
        return f"{self.base_url.rstrip('/')}/{path.lstrip('/')}"


def _listed(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]
