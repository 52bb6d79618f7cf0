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
  '9: what a visit was recorded as before it was corrected; the visit of a colleague that one shares',
  '10: into how many customerships’ visits a time is divided; how an organiser counts siblings',
  '11: who typed a note for its author and who signed it then; who recorded a visit for its worker; how the version was seen that note.merge settles',
  '12: who is signed in, if anybody is',
  '13: lines that ring when there is something to pull',
  '14: the log of what was disclosed; what the office makes to send away, which no tablet is sent; both in the return package’s record',
  '15: what PSOP and Palse are told of a visit, event by event; what is settled with organisers about it; the alarms of it on Tilanne',
  '16: which version of a summary was seen when it was approved, and what of it left; a month that still runs; what a portal was told elsewhere or of shared time',
  '17: completion-request entries: what the office asks a worker to complete in a visit',
  '18: a service event that is not told to any portal, and why',
  '19: what the statistics tell of grants and of decisions that run out; to whom and which way a return package goes; for how many years logs are kept',
  '20: the organisation’s picture on its papers; the log of uses and of other acts, one’s own, and the trail that both stand in',
  '21: requests of the client’s rights; a customership whose processing is restricted, and the code of what then awaits a decision',
  '22: the answers to requests of access and of portability, the review of what may concern others, and the public schema of the file',
  '23: versions of the privacy notice, whom a significant change is told to, the log of incidents, and what of the promises stands open',
  '24: which day a printed sheet is of; the prints that are still to be destroyed, and that one was',
  '25: reviews of the uses in the log, and that one is overdue',
  '26: whether the browser of a tablet promised to keep what lies there',
  '27: how the certificate says what PostgreSQL does with erased rows'
] as const
