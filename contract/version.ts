/** The wire protocol's number, sent with every request. A server speaks this one and all before it. */
export const protocolVersion = 1

export const protocolHeader = 'Kotikaynti-Protocol'

/** One line for each addition to the wire, oldest first. Servers are deployed before tablets. */
export const protocolHistory = [
  '1: sessions, devices, pull, push; visit.record, note.draft, note.sign'
] as const
