//! Every request, response and struct of `ess` 2020-11-11, spelled as the API spells them.

// Hundreds of fields whose wire name is all there is to say: the vendor's sentences are not copied.
#![allow(missing_docs)]

pub(crate) mod tables {
    //! The contract tables of this service. Each struct's table bears the struct's own name.
    #![allow(non_upper_case_globals)]

    use crate::contract::*;

    include!(concat!(env!("OUT_DIR"), "/ess_tables.rs"));
}

include!(concat!(env!("OUT_DIR"), "/ess_types.rs"));
