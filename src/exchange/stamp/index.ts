/** What the server and the command line take from stamps. */
export { createStamps, type Stamps, schemaHash, sealed } from "./book";
export { StampResolver, type StampsContext } from "./doors";
export { type Standing, standingOf } from "./lawful";
export { createSigner, keyId } from "./signer";
export { canonical, type Origin, particulars, type Signed, type Stamp, sha256, withheldIn } from "./stamp";
export { findByRecord, publicKeys } from "./store";
export { verifyFile, verifyWith } from "./verify";
