import type { rights as fi } from './rights-fi.ts'

export const rights: Readonly<Record<keyof typeof fi, string>> = {
  'rights.title': 'Answer to a data protection request',
  'rights.number': 'Number of the request',
  'rights.asked': 'What was asked',
  'rights.receivedOn': 'The request came in',
  'rights.answeredOn': 'Answered',
  'rights.client': 'Client',
  'rights.kind.access': 'Access to one’s own data (GDPR Article 15)',
  'rights.kind.rectification': 'Rectification (GDPR Article 16)',
  'rights.kind.erasure': 'Erasure (GDPR Article 17)',
  'rights.kind.restriction': 'Restriction of processing (GDPR Article 18)',
  'rights.kind.portability': 'Data portability (GDPR Article 20)',
  'rights.kind.objection': 'Objection to processing (GDPR Article 21)',
  'rights.answer': 'Answer',
  'rights.outcome.granted': 'The request has been granted.',
  'rights.outcome.partly': 'The request has been granted in part.',
  'rights.outcome.refused': 'The request is refused.',
  'rights.outcome.forwarded': 'The request has been forwarded to the controller.',
  'rights.outcome.withdrawn': 'The request has been withdrawn.',
  'rights.outcome.not-held':
    'Our client register has no data that this request could concern. Either there is none, it is no longer kept, or whoever asks has no right to it. We do not tell who our clients are.',
  'rights.ground.not-identified':
    'We could not make sure who asks (GDPR Article 12(6)). The request may be made anew with proof of identity.',
  'rights.ground.unfounded':
    'The request is manifestly unfounded or excessive (GDPR Article 12(5)).',
  'rights.ground.no-standing': 'Whoever asks has no right to the data.',
  'rights.ground.rights-of-others':
    'Giving the data would adversely affect the rights and freedoms of others (GDPR Articles 15(4) and 20(4)).',
  'rights.ground.accurate': 'The data was found to be accurate (GDPR Article 16).',
  'rights.ground.legal-obligation':
    'A legal obligation requires keeping the data (GDPR Article 17(3)(b)).',
  'rights.ground.organiser-record':
    'The data belongs to the records of the organiser, which keeps them by law (Act 703/2023, GDPR Article 17(3)(b)).',
  'rights.ground.public-interest':
    'The data is needed for archiving in the public interest, research or statistics (GDPR Article 17(3)(d)).',
  'rights.ground.legal-claims':
    'The data is needed to establish, exercise or defend legal claims (GDPR Articles 17(3)(e) and 21(1)).',
  'rights.ground.no-restriction-ground':
    'The conditions for restriction are not met (GDPR Article 18(1)).',
  'rights.ground.not-portable':
    'The processing does not rest on consent or a contract, or is needed for a task in the public interest (GDPR Article 20(1) and (3)).',
  'rights.ground.compelling-grounds':
    'There are compelling legitimate grounds for the processing (GDPR Article 21(1)).',
  'rights.words': 'In addition',
  'rights.deleteBy': 'The data will be deleted by {day} at the latest.',
  'rights.restrictedOn':
    'Processing has been restricted since {day}. The data is stored, but neither changed nor disclosed. We tell you before the restriction is lifted.',
  'rights.rectified': 'What was rectified',
  'rights.what.profile': 'A basic fact of the client',
  'rights.what.contact': 'A fact of a contact',
  'rights.what.note': 'A note, beside which a correction now stands',
  'rights.told': 'Who was told of the rectification, erasure or restriction',
  'rights.forwarded': 'To whom the request was forwarded',
  'rights.forwardedMeans':
    'Who ordered the service is the controller of this data. It answers the request itself.',
  'rights.complaint': 'The right to complain',
  'rights.complaintMeans':
    'If you consider that the processing of your personal data infringes the GDPR, you may complain to the supervisory authority (Article 77): by the form on its website, by letter or by e-mail.',
  'rights.authority': 'Supervisory authority',
  'rights.authorityReach':
    'Office of the Data Protection Ombudsman · PO Box 800, 00531 Helsinki · telephone 029 566 6700 · tietosuoja@om.fi · www.tietosuoja.fi',
  'rights.court': 'Court',
  'rights.courtMeans': 'You may also bring the matter before a court (Article 79).',
  'rights.questions': 'Questions?'
}
