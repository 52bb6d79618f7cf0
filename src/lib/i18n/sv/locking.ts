import type { locking as fi } from '#lib/i18n/fi/locking.ts'

export const locking = {
  'locking.runs': 'Ett besök pågår',
  'locking.finish': 'Avsluta besöket',
  'locking.ended': 'Besöket slutade {clock}',
  'locking.ended-more': 'Tiden förs in i besöket när du låser upp.',
  'locking.undo': 'Ångra',
  'locking.not-kept': 'Tiden kunde inte sparas. Försök igen.',
  'locking.applying': 'Sluttiden {clock} förs in i besöket',
  'locking.applied-more': 'Tiden antecknades på låsskärmen. Du kan ändra den på besökets sida.',
  'locking.dropped': 'Sluttiden {clock} från låsskärmen användes inte',
  'locking.dropped-more': 'Besöket var redan avslutat någon annanstans.',
  'locking.failed': 'Sluttiden {clock} kunde inte föras in',
  'locking.failed-more': 'Tiden är sparad och förs in i besöket när du låser upp nästa gång.',
  'locking.seen': 'Uppfattat'
} as const satisfies Record<keyof typeof fi, string>
