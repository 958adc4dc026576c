//! What the common layer refuses, with the vendor's codes and messages.
//!
//! Every message is copied from the wire where a source shows it; the source stands beside it. Where none does, the
//! wording follows the code's published description in the manner of its neighbours and is marked ASSUMED. Chinese is
//! given only where a source shows the Chinese text too.

use std::borrow::Cow;

use ess_schemas::contract::Service;

use super::language::Language;

/// An error as the client sees it: `Response.Error`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ApiError {
    /// The documented code, e.g. `ResourceNotFound.Flow`.
    pub code: Cow<'static, str>,
    /// The sentence for people.
    pub message: Cow<'static, str>,
}

impl ApiError {
    /// An error of these two parts.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.into(), message: message.into() }
    }
}

/// A request that the common layer refuses, before any business rule has seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Neither GET nor POST.
    UnsupportedMethod,
    /// A required header or parameter is absent.
    Missing {
        /// `Timestamp`, or the path of a parameter: `Operator.UserId`.
        name: String,
    },
    /// The action has no such parameter.
    Unknown {
        /// Its path.
        path: String,
    },
    /// The value has another JSON type than the parameter.
    WrongType {
        /// Its path.
        path: String,
    },
    /// A header or parameter that is given twice.
    Repeated {
        /// Its name or path.
        name: String,
    },
    /// More levels than any parameter has.
    TooDeep,
    /// More values than any call has.
    TooMany,
    /// The body is not a JSON object.
    NotJson,
    /// A query or form that is not made of `key=value`.
    NotPairs,
    /// Text that is not UTF-8 once it is decoded.
    NotUtf8 {
        /// Where it stands: `Host`, a parameter's name.
        name: String,
    },
    /// A multipart body that does not keep to its own boundary.
    BrokenMultipart,
    /// The product has no such version.
    NoSuchVersion {
        /// The version asked for.
        version: String,
        /// The product meant.
        service: Service,
    },
    /// The version has no such action.
    InvalidAction {
        /// The action asked for.
        action: String,
        /// The product the version stands for.
        service: Service,
    },
    /// `X-TC-Region` does not look like a region.
    BadRegion,
    /// The header `Authorization` cannot be read.
    InvalidAuthorization {
        /// What is wrong with it, to end the vendor's sentence.
        detail: &'static str,
    },
    /// Nobody has this SecretId.
    SecretIdNotFound,
    /// The key belongs to a session whose token is missing or wrong.
    TokenFailure,
    /// The timestamp is more than five minutes off.
    SignatureExpired,
    /// The signature is not the one we compute.
    SignatureFailure,
    /// A parameter signature over more than 1 MB.
    TooLargeForOldSignature,
    /// More calls in a second than the action allows.
    TooManyCalls {
        /// Calls counted, this one included.
        calls: u32,
        /// Calls allowed.
        limit: u32,
    },
    /// A body or query over its limit.
    TooLarge {
        /// Bytes allowed.
        limit: usize,
        /// Bytes announced or, without an announcement, read until we stopped.
        size: u64,
    },
    /// The vendor has retired the action.
    ActionOffline {
        /// Its name.
        action: String,
    },
    /// Our own failure, e.g. a handler that panicked.
    Internal,
}

impl Fault {
    /// The documented code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnsupportedMethod => "UnsupportedProtocol",
            Self::Missing { .. } => "MissingParameter",
            Self::Unknown { .. } => "UnknownParameter",
            Self::WrongType { .. }
            | Self::Repeated { .. }
            | Self::TooDeep
            | Self::TooMany
            | Self::NotJson
            | Self::NotPairs
            | Self::NotUtf8 { .. } => "InvalidParameter",
            Self::BrokenMultipart => "InvalidRequest",
            Self::NoSuchVersion { .. } => "NoSuchVersion",
            Self::InvalidAction { .. } => "InvalidAction",
            Self::BadRegion => "InvalidParameterValue",
            Self::InvalidAuthorization { .. } => "AuthFailure.InvalidAuthorization",
            Self::SecretIdNotFound => "AuthFailure.SecretIdNotFound",
            Self::TokenFailure => "AuthFailure.TokenFailure",
            Self::SignatureExpired => "AuthFailure.SignatureExpire",
            Self::SignatureFailure | Self::TooLargeForOldSignature => "AuthFailure.SignatureFailure",
            Self::TooManyCalls { .. } => "RequestLimitExceeded",
            Self::TooLarge { .. } => "RequestSizeLimitExceeded",
            Self::ActionOffline { .. } => "ActionOffline",
            Self::Internal => "InternalError",
        }
    }

    /// The fault as the client sees it.
    pub fn answer(&self, language: Language) -> ApiError {
        let chinese = match language {
            Language::Chinese => self.chinese(),
            Language::English => None,
        };
        ApiError::new(self.code(), chinese.unwrap_or_else(|| self.english()))
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            // ASSUMED: only the code and its description are published.
            Self::UnsupportedMethod => "The request method is not supported, only `GET` and `POST` are.".into(),
            // issue TencentCloud/tencentcloud-sdk-nodejs#99. Nested names in path form: ASSUMED, as for wrong types.
            Self::Missing { name } => format!("The request is missing a required parameter `{name}`.").into(),
            // issue NewFuture/DDNS#575
            Self::Unknown { path } => format!("The parameter `{path}` is not recognized.").into(),
            // Official examples of other products (bda and iai GetGroupList), path form by iai ModifyPersonGroupInfo.
            Self::WrongType { path } => format!("The value type of parameter `{path}` is not valid.").into(),
            // ASSUMED: no source shows what the vendor makes of these five; all are malformed parameters.
            Self::Repeated { name } => format!("The parameter `{name}` is given more than once.").into(),
            Self::TooDeep => "The parameters are nested too deeply.".into(),
            Self::TooMany => "The request has too many parameters.".into(),
            Self::NotJson => "The request body is not a valid JSON object.".into(),
            Self::NotUtf8 { name } => format!("The value of `{name}` is not encoded in UTF-8.").into(),
            // issue HIllya51/LunaTranslator#264, spelling included
            Self::NotPairs => "Url key and value should be splited by `=`.".into(),
            // ASSUMED: only the code and its description are published.
            Self::BrokenMultipart => "The multipart format of the request body is not valid.".into(),
            // issue TencentCloud/tencentcloud-sdk-dotnet#45
            Self::NoSuchVersion { version, service } => {
                format!("The specified api version=`{version}` does not exist in service=`{}`.", service.name()).into()
            }
            // issue TencentCloudBase/CloudBase-AI-Toolkit#301
            Self::InvalidAction { action, service } => format!(
                "The request action=`{action}` is invalid or not found in service=`{}` and version=`{}`.",
                service.name(),
                service.version()
            )
            .into(),
            // issue TencentCloud/tencentcloud-sdk-nodejs#56
            Self::BadRegion => {
                "A value specified in `X-TC-Region` is not valid, is unsupported, or cannot be used.".into()
            }
            // issue TencentCloud/tencentcloud-sdk-go#89; the endings other than `Service` are ASSUMED.
            Self::InvalidAuthorization { detail } => {
                format!("The request `Authorization` header does not conform to tencentcloud standards: {detail}.")
                    .into()
            }
            // issue starsunyzl/ddns-scripts-dnspod#3
            Self::SecretIdNotFound => "The SecretId is not found, please ensure that your SecretId is correct.".into(),
            // ASSUMED: only the code and its description are published.
            Self::TokenFailure => "The token is not valid, please ensure that your token is correct.".into(),
            // Two public code samples of API 3.0 gateways.
            Self::SignatureExpired => "The signature is expired, please request again.".into(),
            // page err
            Self::SignatureFailure => {
                "The provided credentials could not be validated. Please check your signature is correct.".into()
            }
            // issue TencentCloud/tencentcloud-sdk-dotnet#75
            Self::TooLargeForOldSignature => "The provided credentials could not be validated because of exceeding \
                request size limit, please use new signature method `TC3-HMAC-SHA256`."
                .into(),
            // issue cloud-barista/cb-spider#654
            Self::TooManyCalls { calls, limit } => format!(
                "Your current request times equals to `{calls}` in a second, which exceeds the frequency limit \
                 `{limit}` for a second. Please reduce the frequency of calls."
            )
            .into(),
            // issue 1908002701/JD#11, both spaces included
            Self::TooLarge { limit, size } => {
                format!("Your current request size exceed  max {limit}B, but your {size}B.").into()
            }
            // ASSUMED: only the code and its description are published.
            Self::ActionOffline { action } => format!("The action=`{action}` is offline.").into(),
            Self::Internal => "An internal error has occurred. Retry your request.".into(),
        }
    }

    /// The Chinese text where a source shows one. Of an unknown parameter only an older text is known, which does not
    /// name the parameter: English says more.
    fn chinese(&self) -> Option<Cow<'static, str>> {
        match self {
            // issue TencentCloud/tencentcloud-cli#84
            Self::SecretIdNotFound => Some("SecretId不存在，请输入正确的密钥。".into()),
            // issue TencentCloud/tencentcloud-sdk-ruby#9
            Self::SignatureFailure => Some("请求签名验证失败，请检查您的签名计算是否正确。".into()),
            // issue TencentCloud/tencentcloud-sdk-python#68, which cuts off the end of the sentence
            Self::TooLargeForOldSignature => {
                Some("由于请求包大小超过限制，请求签名验证失败，请使用新的签名方法 `TC3-HMAC-SHA256`。".into())
            }
            // issue SUSYUSTC/MathTranslate#21
            Self::TooManyCalls { calls, limit } => {
                Some(format!("您当前每秒请求 `{calls}` 次，超过了每秒频率上限 `{limit}`，请稍后重试。").into())
            }
            Self::UnsupportedMethod
            | Self::Missing { .. }
            | Self::Unknown { .. }
            | Self::WrongType { .. }
            | Self::Repeated { .. }
            | Self::TooDeep
            | Self::TooMany
            | Self::NotJson
            | Self::NotPairs
            | Self::NotUtf8 { .. }
            | Self::BrokenMultipart
            | Self::NoSuchVersion { .. }
            | Self::InvalidAction { .. }
            | Self::BadRegion
            | Self::InvalidAuthorization { .. }
            | Self::TokenFailure
            | Self::SignatureExpired
            | Self::TooLarge { .. }
            | Self::ActionOffline { .. }
            | Self::Internal => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_the_vendors_to_the_letter() {
        let shown = |fault: Fault| fault.answer(Language::English).to_string();

        assert_eq!(
            shown(Fault::Missing { name: "Timestamp".into() }),
            "MissingParameter: The request is missing a required parameter `Timestamp`."
        );
        assert_eq!(
            shown(Fault::InvalidAction { action: "Nothing".into(), service: Service::Ess }),
            "InvalidAction: The request action=`Nothing` is invalid or not found in service=`ess` and \
             version=`2020-11-11`."
        );
        assert_eq!(
            shown(Fault::NoSuchVersion { version: "2019-07-22".into(), service: Service::Essbasic }),
            "NoSuchVersion: The specified api version=`2019-07-22` does not exist in service=`essbasic`."
        );
        assert_eq!(
            shown(Fault::TooManyCalls { calls: 21, limit: 20 }),
            "RequestLimitExceeded: Your current request times equals to `21` in a second, which exceeds the frequency \
             limit `20` for a second. Please reduce the frequency of calls."
        );
        assert_eq!(
            shown(Fault::TooLarge { limit: 10_485_760, size: 24_320_473 }),
            "RequestSizeLimitExceeded: Your current request size exceed  max 10485760B, but your 24320473B."
        );
        assert_eq!(
            shown(Fault::TooLargeForOldSignature),
            "AuthFailure.SignatureFailure: The provided credentials could not be validated because of exceeding request \
             size limit, please use new signature method `TC3-HMAC-SHA256`."
        );
    }

    #[test]
    fn chinese_is_given_where_it_is_known_and_english_elsewhere() {
        assert_eq!(Fault::SecretIdNotFound.answer(Language::Chinese).message, "SecretId不存在，请输入正确的密钥。");
        assert_eq!(
            Fault::Unknown { path: "$schema".into() }.answer(Language::Chinese).message,
            "The parameter `$schema` is not recognized."
        );
    }
}
