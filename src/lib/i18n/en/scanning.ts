import type { scanning as finnish } from '#lib/i18n/fi/scanning.ts'

export const scanning: Record<keyof typeof finnish, string> = {
  'editor.page': 'Page {number}/{count}',
  'editor.pages': 'Pages',
  'editor.tools': 'Edit the page',
  'editor.turn': 'Rotate',
  'editor.draw': 'Draw a cover',
  'editor.addBox': 'Add a cover',
  'editor.box': 'Cover {number}: arrows move it, shift and arrows resize it, Delete removes it',
  'editor.hint':
    'Drag a cover over the place with a finger or the mouse. By keyboard: add a cover, move it with the arrows, resize it with shift held, remove it with Delete.',
  'editor.earlier': 'Move earlier',
  'editor.later': 'Move later',
  'editor.remove': 'Remove the page',
  'editor.retake': 'Take it again',
  'editor.question': 'Does a personal identity code show on the pages?',
  'editor.questionHint':
    'Identity codes are not kept. The cover becomes part of the picture, and nothing stays under it.',
  'editor.none': 'No',
  'editor.covered': 'Yes, I cover it',
  'editor.answer': 'Answer before saving: does a personal identity code show on the pages?',
  'editor.coverIt': 'Cover the identity code: draw at least one cover over it.',
  'file-refused.not-a-picture': '{file}: only PDF, JPEG or PNG will do.',
  'file-refused.too-large': '{file}: the file is too large. At most 25 MB.',
  'file-refused.too-many-pages': '{file}: too many pages. A document can have at most 60 pages.',
  'file-refused.broken': '{file}: the file is broken and cannot be opened.',
  'file-refused.locked': '{file}: the PDF is locked with a password. Save it without one first.',
  'file-refused.active':
    '{file}: the PDF holds programs or attached files, so it is not opened. Print it to a PDF first.'
}
