import type { notice as fi } from '#lib/i18n/fi/notice.ts'

export const notice = {
  'notice.lede': 'Så behandlas klienternas uppgifter.',
  'notice.version': 'Version {version}, i kraft från {day}',
  'notice.print': 'Skriv ut',
  'notice.away': 'Beskrivningen kunde inte hämtas. Försök igen när nätet fungerar.',
  'notice.versions': 'Beskrivningens versioner',
  'notice.one-version': 'Version {version}',
  'notice.titled': 'Dataskyddsbeskrivning, version {version}',
  'notice.state.in-force': 'I kraft från {day}',
  'notice.state.waiting': 'Träder i kraft {day}',
  'notice.state.former': 'Trädde i kraft {day}, inte längre i kraft',
  'notice.absent': 'Den här versionen finns inte',
  'notice.absentMore': 'Adressen anger en version som inte har publicerats.',
  'notice.to-in-force': 'Beskrivningen som är i kraft',
  'notice.shown': 'Vad som visas',
  'notice.changes-from': 'Vad som ändrats sedan version {version}',
  'notice.whole': 'Hela beskrivningen',
  'notice.change.added': 'Tillagt',
  'notice.change.removed': 'Borttaget',
  'notice.change.changed': 'Ändrat',
  'notice.change.same': 'Oförändrade är punkterna {headings}.'
} as const satisfies Record<keyof typeof fi, string>
