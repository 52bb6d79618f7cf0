import type { scanning as finnish } from '#lib/i18n/fi/scanning.ts'

export const scanning: Record<keyof typeof finnish, string> = {
  'editor.page': 'Sida {number}/{count}',
  'editor.pages': 'Sidor',
  'editor.tools': 'Redigera sidan',
  'editor.turn': 'Rotera',
  'editor.draw': 'Rita en täckning',
  'editor.addBox': 'Lägg till en täckning',
  'editor.box':
    'Täckning {number}: pilarna flyttar, skift och pilar ändrar storlek, Delete tar bort',
  'editor.hint':
    'Dra en täckning över stället med fingret eller musen. Med tangentbordet: Lägg till en täckning, flytta med pilarna, ändra storlek med skift, ta bort med Delete.',
  'editor.earlier': 'Flytta framåt',
  'editor.later': 'Flytta bakåt',
  'editor.remove': 'Ta bort sidan',
  'editor.retake': 'Fotografera om',
  'editor.question': 'Syns en personbeteckning på sidorna?',
  'editor.questionHint':
    'Personbeteckningar sparas inte. Täckningen blir en del av bilden, och inget blir kvar under den.',
  'editor.none': 'Nej',
  'editor.covered': 'Ja, jag täcker den',
  'editor.answer': 'Svara innan du sparar: syns en personbeteckning på sidorna?',
  'editor.coverIt': 'Täck personbeteckningen: rita minst en täckning över den.',
  'file-refused.not-a-picture': '{file}: bara PDF, JPEG eller PNG duger.',
  'file-refused.too-large': '{file}: filen är för stor. Högst 25 MB.',
  'file-refused.too-many-pages': '{file}: för många sidor. En handling kan ha högst 60 sidor.',
  'file-refused.broken': '{file}: filen är skadad och kan inte öppnas.',
  'file-refused.locked':
    '{file}: PDF-filen är skyddad med lösenord. Spara den först utan lösenord.',
  'file-refused.active':
    '{file}: PDF-filen innehåller program eller bilagor och öppnas därför inte. Skriv först ut den som PDF.'
}
