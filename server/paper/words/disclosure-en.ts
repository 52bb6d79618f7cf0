export const disclosure = {
  'disclosure.title': 'Disclosures of client data',
  'disclosure.lede':
    'What of the client’s data was disclosed, to whom, when, by whom and on which ground.',
  'disclosure.none': 'Nothing has been disclosed.',
  'disclosure.at': 'When',
  'disclosure.what': 'What',
  'disclosure.to': 'To whom',
  'disclosure.ground': 'Ground',
  'disclosure.by': 'Disclosed by',
  'disclosure.kind.summary': 'Monthly summary',
  'disclosure.kind.transfer': 'Service events',
  'disclosure.kind.return-package': 'Return package',
  'disclosure.kind.rights-answer': 'Answer to a rights request',
  'disclosure.recipient.client': 'The client',
  'disclosure.recipient.guardian': 'A guardian',
  'disclosure.recipient.organiser': 'The organiser',
  'disclosure.channel.secure-mail': 'Secure mail',
  'disclosure.channel.portal': 'The organiser’s online service',
  'disclosure.channel.psop': 'PSOP',
  'disclosure.channel.palse': 'Palse',
  'disclosure.channel.by-hand': 'Handed over',
  'disclosure.channel.post': 'Post',
  'disclosure.channel.unstated': 'Not stated',
  'disclosure.ground.action-taken': 'What was done on a request (GDPR Article 12(3))',
  'disclosure.ground.recipient-notification': 'Telling a former recipient (GDPR Article 19)',
  'disclosure.ground.controller-assistance':
    'Forwarding a request to the controller (GDPR Article 28(3)(e))',
  'disclosure.ground.client-records-act':
    'Act on the Processing of Client Data in Healthcare and Social Welfare (703/2023) and GDPR Article 6(1)(c)',
  'disclosure.ground.decision':
    'The decision or contract under which the service is reported and paid',
  'disclosure.ground.right-of-access': 'Right of access (GDPR Article 15)',
  'disclosure.ground.portability': 'Right to data portability (GDPR Article 20)'
} as const
