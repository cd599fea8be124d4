"""The words a people file may use: names of columns, statuses, kinds, duties, zones, in Indonesian and English.

All keys are written as `engine.core.roster_columns` compares them: small letters, one underscore between words.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = [
    "ACTING",
    "DATES",
    "DUTIES",
    "ECHELONS",
    "GROUPS",
    "IDENTITIES",
    "KINDS",
    "LANGUAGES",
    "MEANING",
    "NAMES",
    "NEEDED_CELLS",
    "NEEDED_COLUMNS",
    "PAIRS",
    "STATUSES",
    "ZONES",
]

NAMES: Mapping[str, tuple[str, ...]] = {
    "person_id": ("person_id", "nip", "id", "nomor_induk", "nomor_pegawai", "id_pegawai"),
    "name": ("name", "nama", "nama_lengkap", "nama_pegawai", "full_name"),
    "unit": ("unit", "unit_kerja", "unit_organisasi", "opd", "skpd", "department"),
    "position": ("position", "jabatan", "nama_jabatan", "post", "title"),
    "superior": (
        "superior",
        "atasan",
        "nip_atasan",
        "atasan_langsung",
        "id_atasan",
        "superior_id",
        "manager",
    ),
    "zone": ("zone", "zona", "zona_waktu", "time_zone", "timezone"),
    "email": ("email", "e_mail", "surel", "alamat_surel", "alamat_email"),
    "kind": ("kind", "jenis", "jenis_pegawai", "jenis_asn", "employment"),
    "valid_from": ("valid_from", "mulai", "berlaku_mulai", "tmt", "tmt_jabatan", "mulai_berlaku", "from"),
    "valid_to": ("valid_to", "selesai", "berlaku_sampai", "sampai", "akhir", "until", "to"),
    "scheme": ("scheme", "skema", "jenis_nomor"),
    "status": ("status", "status_pegawai", "status_kepegawaian"),
    "duties": ("duties", "tugas", "tugas_khusus", "duty"),
    "acting_for": ("acting_for", "plt_untuk", "plh_untuk", "merangkap", "pelaksana_untuk"),
    "acting_from": ("acting_from", "plt_mulai", "plh_mulai", "rangkap_mulai"),
    "acting_to": ("acting_to", "plt_selesai", "plh_selesai", "plt_sampai", "rangkap_selesai"),
    "acting_decree": ("acting_decree", "sk_plt", "sk_plh", "nomor_sk_plt", "sk_rangkap", "decree"),
    "acting_kind": ("acting_kind", "jenis_plt", "plt_plh"),
    "substitute": ("substitute", "pengganti", "nip_pengganti", "delegate"),
    "away_from": ("away_from", "berhalangan_mulai", "cuti_mulai", "absent_from"),
    "away_to": ("away_to", "berhalangan_selesai", "cuti_selesai", "cuti_sampai", "absent_to"),
    "language": ("language", "bahasa"),
    "echelon": ("echelon", "eselon", "tingkat_eselon"),
}
MEANING = {alias: name for name, aliases in NAMES.items() for alias in aliases}
NEEDED_COLUMNS = (
    "person_id", "name", "unit", "position", "superior", "zone", "email", "kind", "valid_from",
)  # fmt: skip
NEEDED_CELLS = frozenset({"person_id", "name", "unit", "position", "zone", "kind", "valid_from"})
IDENTITIES = frozenset({"person_id", "superior", "acting_for", "substitute"})
DATES = frozenset({"valid_from", "valid_to", "acting_from", "acting_to", "away_from", "away_to"})
PAIRS = (("valid_from", "valid_to"), ("acting_from", "acting_to"), ("away_from", "away_to"))

ZONES: Mapping[str, str] = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
STATUSES: Mapping[str, str] = {
    "active": "active", "aktif": "active",
    "unpaid_leave": "unpaid_leave", "cltn": "unpaid_leave", "cuti_di_luar_tanggungan_negara": "unpaid_leave",
    "pre_retirement": "pre_retirement", "mpp": "pre_retirement", "masa_persiapan_pensiun": "pre_retirement",
    "suspended": "suspended", "diberhentikan_sementara": "suspended",
    "state_official": "state_official", "pejabat_negara": "state_official",
}  # fmt: skip
KINDS: Mapping[str, str] = {
    "pns": "PNS", "cpns": "CPNS", "pppk": "PPPK", "pppk_paruh_waktu": "PPPK paruh waktu",
    "external": "external", "eksternal": "external", "pejabat_luar": "external",
}  # fmt: skip
DUTIES: Mapping[str, str] = {
    "head": "head", "kepala": "head", "kepala_unit": "head", "pimpinan_unit": "head",
    "desk:personnel": "desk:personnel", "pengelola_kepegawaian": "desk:personnel",
    "desk:performance": "desk:performance", "pengelola_kinerja": "desk:performance",
    "desk:competence": "desk:competence", "pengelola_kompetensi": "desk:competence",
    "external": "external", "eksternal": "external",
}  # fmt: skip
#: What stands before the name of a committee or a training.
GROUPS: Mapping[str, str] = {
    "committee": "committee", "tim": "committee", "panitia": "committee",
    "trained": "trained", "terlatih": "trained", "pelatihan": "trained",
}  # fmt: skip
#: Heads of the highest posts have windows of their own in some timetables; whoever has no echelon is `lower`.
ECHELONS: Mapping[str, str] = {
    "one": "one", "satu": "one", "i": "one", "1": "one", "i_a": "one", "i_b": "one", "eselon_i": "one",
    "two": "two", "dua": "two", "ii": "two", "2": "two", "ii_a": "two", "ii_b": "two", "eselon_ii": "two",
    "lower": "lower", "lainnya": "lower", "iii": "lower", "3": "lower", "iv": "lower", "4": "lower",
    "iii_a": "lower", "iii_b": "lower", "iv_a": "lower", "iv_b": "lower", "v": "lower", "5": "lower",
    "eselon_iii": "lower", "eselon_iv": "lower", "non_eselon": "lower",
}  # fmt: skip
LANGUAGES: Mapping[str, str] = {
    "id": "id",
    "indonesia": "id",
    "bahasa_indonesia": "id",
    "en": "en",
    "english": "en",
    "inggris": "en",
}
ACTING: Mapping[str, str] = {"plt": "Plt", "plt.": "Plt", "plh": "Plh", "plh.": "Plh"}
