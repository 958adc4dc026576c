//! Every hostile body: its name, what is wrong with it, and what a good receiver does. A flat list; the distortions stand in a
//! file per family.

use serde::{Deserialize, Serialize};

use super::{Distortion, Duty, Expected, Needs, crypto, shape, signature, story, transport, wrapping};

/// A row: variant, name, distortion, what it needs of the address; what is wrong; duty, why, source.
macro_rules! catalogue {
    ($($variant:ident $name:literal $distortion:path, $needs:ident: $what:literal; $duty:ident, $because:literal, $source:literal.)*) => {
        /// A way a body can be spoiled.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Hostile {
            $(
                #[doc = $what]
                #[serde(rename = $name)]
                $variant,
            )*
        }

        impl Hostile {
            /// All of them, a family after the other.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in files and in the control API.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What is wrong with it.
            #[must_use]
            pub fn what(self) -> &'static str {
                match self {
                    $(Self::$variant => $what,)*
                }
            }

            /// What a good receiver does with it.
            #[must_use]
            pub fn expected(self) -> Expected {
                match self {
                    $(Self::$variant => Expected { duty: Duty::$duty, because: $because, source: $source },)*
                }
            }

            pub(super) fn needs(self) -> Needs {
                match self {
                    $(Self::$variant => Needs::$needs,)*
                }
            }

            pub(super) fn distortion(self) -> Distortion {
                match self {
                    $(Self::$variant => $distortion,)*
                }
            }
        }
    };
}

catalogue! {
    // crypto.rs: encrypted wrongly, wrapped and signed as it should be.
    WrongKey "wrong_key" crypto::wrong_key, Key:
        "Encrypted with another key, as in the minutes after a key was changed on one side only.";
        Refuse, "An error makes the sender try again, by when the new key may be in place; 200 loses the message.", "callback docs".
    WrongKeyThatPads "wrong_key_that_pads" crypto::wrong_key_that_pads, Key:
        "Encrypted with another key, and by chance the padding comes out right.";
        Refuse, "Right padding does not prove the key; what was opened is no text.", "callback docs".
    IvFromKeyEnd "iv_from_key_end" crypto::iv_from_key_end, Key:
        "The initial vector is the last 16 bytes of the key, not the first: the first 16 characters are noise.";
        Refuse, "What was opened is no JSON; what can still be made out of it is not the message.", "callback docs".
    ZeroIv "zero_iv" crypto::zero_iv, Key:
        "The initial vector is all zeros: the first 16 characters come out mixed with the key's.";
        Refuse, "What was opened is no JSON; and the noise would give the key away if it were logged.", "callback docs".
    BrokenPadding "broken_padding" crypto::broken_padding, Key:
        "The last padding byte counts right, the others are not like it (ANSI X9.23).";
        Refuse, "The padding is PKCS#7; a receiver that looks at the last byte only takes tampered texts, too.", "callback docs".
    ZeroPadding "zero_padding" crypto::zero_padding, Key:
        "Padded with zeros.";
        Refuse, "The padding is PKCS#7; zeros are none.", "callback docs".
    TruncatedBase64 "truncated_base64" crypto::truncated_base64, Key:
        "The encrypted text lacks its last three characters.";
        Refuse, "It is not base64 any more; a lenient decoder would open a part of the message.", "callback docs".
    TruncatedBlocks "truncated_blocks" crypto::truncated_blocks, Key:
        "The encrypted text lacks its last two blocks, cleanly cut.";
        Refuse, "The padding is gone with the end; a part of a message is no message.", "callback docs".
    UrlSafeBase64 "url_safe_base64" crypto::url_safe_base64, Key:
        "The encrypted text is written with - and _ for + and /.";
        Refuse, "The alphabet is the standard one; accepting two spellings makes two bodies of one message.", "callback docs".
    Base64WithLineBreaks "base64_with_line_breaks" crypto::base64_with_line_breaks, Key:
        "The encrypted text has a line break after every 76 characters.";
        Refuse, "The text is a single line.", "callback docs".
    SealedTwice "sealed_twice" crypto::sealed_twice, Key:
        "What comes out is base64 once more: the message was encrypted twice.";
        Refuse, "What was opened is no JSON; opening until something comes out accepts what nobody sent.", "ASSUMED: the platform encrypts once".

    // signature.rs: a good body whose signature is not right.
    SignatureMissing "signature_missing" signature::missing, Token:
        "Not signed, although the address has a token.";
        Refuse, "Anybody can leave a header away.", "callback docs".
    SignatureEmpty "signature_empty" signature::empty, Token:
        "The signature's header is there and empty.";
        Refuse, "Nothing is no signature; languages in which an empty text counts as absent make it look like one.", "callback docs".
    SignatureOverInnerText "signature_over_inner_text" signature::over_inner_text, Both:
        "Signed is the base64 text inside, not the body.";
        Refuse, "What is signed is the body as it travels, with {\"encrypt\":...} around the text.", "callback docs".
    SignatureOverPlaintext "signature_over_plaintext" signature::over_plaintext, Both:
        "Signed is the message before encryption.";
        Refuse, "What is signed is the body as it travels; checking another text means decrypting what nobody vouches for.", "callback docs".
    SignatureByTheAesKey "signature_by_the_aes_key" signature::by_the_aes_key, Both:
        "Signed with the encryption key in the token's place.";
        Refuse, "The token signs, the key encrypts.", "callback docs".
    SignatureByAnotherToken "signature_by_another_token" signature::by_another_token, Token:
        "Signed with another token.";
        Refuse, "The sender does not know the token.", "callback docs".
    SignatureOfAnotherBody "signature_of_another_body" signature::of_another_body, Token:
        "The signature is a real one, of another body.";
        Refuse, "A signature seen once must not carry another message.", "callback docs".
    SignatureUpperCase "signature_upper_case" signature::upper_case, Token:
        "The signature's digits are in capitals.";
        Refuse, "The platform writes small letters; the value is compared as it is, in constant time.", "callback docs; that capitals are refused is ASSUMED, strict".
    SignatureWithoutPrefix "signature_without_prefix" signature::without_prefix, Token:
        "The signature lacks `sha256=` in front.";
        Refuse, "The prefix names the method; without it a weaker one could be meant.", "callback docs; that it is refused is ASSUMED, strict".
    SignatureCut "signature_cut" signature::cut, Token:
        "Of the signature only the first eight digits are there.";
        Refuse, "A comparison that stops with the shorter text can be guessed.", "callback docs".

    // wrapping.rs: a good message in a wrapping of another kind, rightly signed.
    SignedPlaintext "signed_plaintext" wrapping::signed_plaintext, Both:
        "Not encrypted, although a key is set, but rightly signed: somebody took the key away at the platform.";
        Accept, "The signature vouches for it; without a key the platform sends plain messages.", "callback docs".
    UnsignedPlaintext "unsigned_plaintext" wrapping::unsigned_plaintext, Key:
        "Neither encrypted nor signed, although a key is set.";
        Refuse, "Nothing vouches for it: anybody can send such a body.", "callback docs".
    OtherWrapper "other_wrapper" wrapping::other_wrapper, Key:
        "Wrapped as the other generation does: bare base64 for {\"encrypt\":...}, or the reverse.";
        Accept, "Pages show both for new addresses, and a company may be moved from one to the other.", "callback docs".
    SpacedWrapper "spaced_wrapper" wrapping::spaced_wrapper, Key:
        "{\"encrypt\":...} with spaces and line breaks.";
        Accept, "The body is JSON, whatever its spaces; what is signed are its bytes.", "ASSUMED: no page promises compact JSON".
    EscapedWrapper "escaped_wrapper" wrapping::escaped_wrapper, Key:
        "{\"encrypt\":...} with / and + written as escapes.";
        Accept, "JSON allows it, and encoders of some languages do it.", "ASSUMED: no page promises which characters are escaped".
    QuotedBase64 "quoted_base64" wrapping::quoted_base64, Key:
        "The encrypted text in quotes, without an object around it.";
        Refuse, "No generation sends a JSON text.", "callback docs".

    // shape.rs: a message of another shape than documented, well encrypted and signed.
    UnknownType "unknown_type" shape::unknown_type, Nothing:
        "A MsgType nobody knows.";
        Keep, "The platform adds types without asking; an error would only make it send the same again.", "callback docs".
    UnknownFields "unknown_fields" shape::unknown_fields, Nothing:
        "A field more in the envelope and one more in the data.";
        Accept, "The platform adds fields without asking.", "callback docs".
    MissingFields "missing_fields" shape::missing_fields, Nothing:
        "Lists, objects, yes-or-no fields and empty texts are left away.";
        Accept, "What is needed is there; older messages have fewer fields.", "callback docs".
    NumbersAsTexts "numbers_as_texts" shape::numbers_as_texts, Nothing:
        "Every number of the data stands in quotes.";
        Keep, "It is authentic, so an error would not mend it; what is not as documented must not become a status.", "ASSUMED: all samples have numbers".
    Nulls "nulls" shape::nulls, Nothing:
        "Every text of the data is null.";
        Keep, "It is authentic, so an error would not mend it; no contract is named in it.", "ASSUMED: all samples have texts".
    DataAsText "data_as_text" shape::data_as_text, Nothing:
        "MsgData is a text that holds the object.";
        Accept, "Receivers have met it; the message is complete.", "callback docs".
    DataMissing "data_missing" shape::data_missing, Nothing:
        "The envelope has no MsgData.";
        Keep, "It is authentic, so an error would not mend it; there is nothing to act on.", "ASSUMED: every sample has it".
    DuplicateKeys "duplicate_keys" shape::duplicate_keys, Nothing:
        "Every text and number of the data comes twice, the first time with another value.";
        Accept, "JSON readers take the last one, and so must every part of a receiver.", "ASSUMED: as JSON readers of the vendor's SDK languages do".
    EscapedCharacters "escaped_characters" shape::escaped_characters, Nothing:
        "Characters stand as escapes: \\u5408 for Chinese, \\u003c for <, \\/ for a slash.";
        Accept, "The sender is a Go program, whose JSON encoder escapes some by default.", "callback docs; ASSUMED that it does not".
    ReorderedFields "reordered_fields" shape::reordered_fields, Nothing:
        "All fields in reverse order.";
        Accept, "A receiver must not depend on order.", "callback docs".
    PrettyPrinted "pretty_printed" shape::pretty_printed, Nothing:
        "The message is written with spaces and line breaks.";
        Accept, "It is the same JSON.", "callback docs: compact in all samples, promised nowhere".
    ByteOrderMark "byte_order_mark" shape::byte_order_mark, Nothing:
        "A byte order mark stands before the message.";
        Refuse, "It is no JSON then; the platform sends none, so the text is damaged or somebody else's.", "callback docs: what is no JSON is refused".
    NotUtf8 "not_utf8" shape::not_utf8, Nothing:
        "A text holds bytes of another encoding (GBK).";
        Refuse, "A receiver that puts replacement characters there stores names nobody has.", "callback docs: what is no UTF-8 is refused".
    TwoMessages "two_messages" shape::two_messages, Nothing:
        "Two messages in one body.";
        Refuse, "It is no JSON object; taking one of the two loses the other.", "callback docs: what is no JSON is refused".

    // transport.rs: what goes wrong around the message.
    Oversized "oversized" transport::oversized, Nothing:
        "A body of 4 MB, rightly signed.";
        Refuse, "The longest message has some ten kB; a receiver that reads without end is brought down by anybody.", "ASSUMED: no page names a limit; 1 MiB is far above every message".
    SlowDrip "slow_drip" transport::slow_drip, Nothing:
        "The body comes in eight portions with pauses between.";
        Accept, "A body has arrived when its length has, not with the first packet.", "ASSUMED: as HTTP has it".
    Chunked "chunked" transport::chunked, Nothing:
        "The body comes in chunks, without Content-Length.";
        Accept, "A proxy in between may do that.", "ASSUMED: as HTTP has it; the capture shows a length".
    Redirected "redirected" transport::redirected, Nothing:
        "A GET without a body: the address redirects, and a POST became a GET on the way.";
        Refuse, "The message is not in it; 200 would end its delivery.", "page callback_types_v2".
    FormContentType "form_content_type" transport::form_content_type, Nothing:
        "Content-Type says that it is a form.";
        Accept, "Sources contradict each other on Content-Type; the body tells what it is.", "callback docs".
    ContentTypeWithCharset "content_type_with_charset" transport::content_type_with_charset, Nothing:
        "Content-Type has a charset behind it.";
        Accept, "It is the same type.", "ASSUMED: as HTTP has it".
    EmptyBody "empty_body" transport::empty_body, Nothing:
        "A POST without a body, rightly signed.";
        Refuse, "There is no message in it; 200 would end the delivery of one that was lost on the way.", "callback docs".
    Probe "probe" transport::probe, Nothing:
        "The platform asks whether somebody listens: {}, unsigned.";
        Ignore, "A receiver that does not answer 200 counts as unreachable.", "callback docs".
    SignedProbe "signed_probe" transport::signed_probe, Token:
        "The platform asks whether somebody listens: {}, signed.";
        Ignore, "A receiver that does not answer 200 counts as unreachable.", "callback docs".
    ForgedProbe "forged_probe" transport::forged_probe, Token:
        "{} under a signature that is not the token's.";
        Refuse, "A signature is checked when there is one, whatever the body: a wrong token shows here first.", "callback docs".

    // story.rs: good messages that contradict what was told before.
    Replayed "replayed" story::replayed, Nothing:
        "An older message once more, byte for byte.";
        Ignore, "Its MsgId (a legacy contract message: contract, operation, signer and time) was seen; resends are part of the protocol.", "callback docs".
    StaleStatus "stale_status" story::stale_status, Nothing:
        "A contract that has ended is told to have been launched, with the launch's time.";
        Keep, "Order is not promised: a 1 can arrive after a 4. A contract does not leave a final status.", "seed scenario-guide".
    EndedTwice "ended_twice" story::ended_twice, Nothing:
        "A contract that has ended is told to be withdrawn, with a later time.";
        Keep, "A contract does not leave a final status, however new the message; ask the API what holds.", "callback docs".
    TimesInMilliseconds "times_in_milliseconds" story::times_in_milliseconds, Nothing:
        "Every time is in milliseconds, and so in the year 55,000.";
        Accept, "What happened is clear; a receiver that lets the largest time win hears nothing more of the contract.", "ASSUMED: all samples have seconds".
}
