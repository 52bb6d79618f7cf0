import type { handover as fi } from '#lib/i18n/fi/handover.ts'

export const handover = {
  'package.heading': 'Return package for the organiser',
  'package.lede':
    'The package holds the whole record of the customership: a paper to read, and an encrypted archive with the data for machines and the scanned documents. Give it to the organiser before the data is deleted.',
  'package.made': 'compiled {when}, {name}, language: {language}',
  'package.overtaken': 'The data has changed since the package was made',
  'package.overtakenMore': 'Make the package again before you give it to the organiser.',
  'package.part.record': 'Paper to read',
  'package.part.archive': 'Encrypted archive',
  'package.keep.record': 'Download the paper',
  'package.keep.archive': 'Download the archive',
  'package.handOver': 'To whom and which way is the package handed over?',
  'package.handOverMore':
    'This is written into the disclosures. Hand the package over yourself: the app does not send it.',
  'package.recipient': 'To whom',
  'package.showPassphrase': 'Show the passphrase',
  'package.language': 'Language of the package',
  'package.make': 'Make the package',
  'package.makeAnew': 'Make it again',
  'package.making': 'The package is being made. This may take a while.',
  'package.remove': 'Remove the package',
  'package.removeAsk': 'Remove the return package?',
  'package.removeMore':
    'The package and its passphrase go. The data of the customership stays, and the package can be made again.',
  'package.keepIt': 'Keep it',
  'package.passphrase': 'Passphrase of the package {number}',
  'package.passphraseMore':
    'Tell the organiser the passphrase by another way than the package, by phone for example. One passphrase opens the paper and the archive. The log remembers that it was shown.',
  'package.passphraseDone': 'Done'
} as const satisfies Readonly<Record<keyof typeof fi, string>>
