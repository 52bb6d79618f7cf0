/** The wire protocol's number, sent with every request. A server speaks this one and all before it. */
export const protocolVersion = 1

export const protocolHeader = 'Kotikaynti-Protocol'

/** Sent with `1` by a page that asks by itself while nobody touches it: such a request keeps no session alive. */
export const unattendedHeader = 'Kotikaynti-Unattended'

/** One line for each addition to the wire, oldest first. Servers are deployed before tablets. */
export const protocolHistory = [
  '1: sessions, devices, pull, push; visit.record, note.draft, note.sign',
  '2: document and suggestion entries; profile.suggest, document.part, document.add, usage.report; rules of organisers; reasons for exceptions',
  '3: passkeys, and a sign-in anew before they change; changing one’s own password',
  '4: a device says that it is wiped; a browser asks which devices it was',
  '5: the file of a rescued outbox',
  '6: outcomes returned and declined, with the reason for the author',
  '7: note.amend and note.merge; what a note amends and why, and what a version was merged into',
  '8: how a field of a template is written more closely, its help, permit and flag; the social emergency number and the map link',
  '9: what a visit was recorded as before it was corrected; the visit of a colleague that one shares'
] as const
