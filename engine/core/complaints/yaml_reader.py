"""What the YAML reader complains of, in words of both languages; what it never said before stays as it says it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.complaints.saying import Said, say

_KNOWN: Mapping[str, Said] = {
    words["en"]: words
    for words in (
        say("yaml_parsing_block_mapping"),
        say("yaml_parsing_flow_mapping"),
        say("yaml_parsing_flow_sequence"),
        say("yaml_parsing_block_collection"),
        say("yaml_parsing_block_node"),
        say("yaml_parsing_flow_node"),
        say("yaml_parsing_node"),
        say("yaml_scanning_simple_key"),
        say("yaml_scanning_plain_scalar"),
        say("yaml_scanning_quoted_scalar"),
        say("yaml_scanning_block_scalar"),
        say("yaml_scanning_next_token"),
        say("yaml_scanning_anchor"),
        say("yaml_scanning_alias"),
        say("yaml_scanning_tag"),
        say("yaml_parsing_tag"),
        say("yaml_scanning_directive"),
        say("yaml_expected_key"),
        say("yaml_expected_comma_or_brace"),
        say("yaml_expected_comma_or_bracket"),
        say("yaml_expected_dash"),
        say("yaml_expected_node_content"),
        say("yaml_expected_document_start"),
        say("yaml_expected_alphabetic_or_numeric"),
        say("yaml_expected_comment_or_line"),
        say("yaml_expected_whitespace_or_line"),
        say("yaml_expected_colon"),
        say("yaml_found_character_cannot_start_token"),
        say("yaml_found_tab_character_where_indentation_space"),
        say("yaml_found_tab_character_violates_indentation"),
        say("yaml_found_unexpected_end_stream"),
        say("yaml_found_unexpected_document_indicator"),
        say("yaml_found_unknown_escape_character"),
        say("yaml_found_undefined_tag_handle"),
        say("yaml_found_unknown_directive_name"),
        say("yaml_mapping_values_allowed_context"),
        say("yaml_mapping_keys_allowed_context"),
        say("yaml_block_sequence_entries_allowed_context"),
        say("yaml_control_characters_allowed"),
    )
}


def reader_words(context: str | None, problem: str | None) -> Said:
    """What the reader was at, if it says so, and what it found."""
    parts = [_known(part) for part in (context, problem) if part]
    return parts[0] if len(parts) == 1 else say("yaml_in_context", context=parts[0], problem=parts[1])


def _known(said: str) -> Said:
    line = " ".join(said.split())
    return _KNOWN.get(line, say("as_it_stands", text=line))
