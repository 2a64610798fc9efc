//! Claims: who a message says it is.
