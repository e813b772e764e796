/** A note under a field that follows what is typed. Answers how it is made anew when something else has changed. */
export function bindNote(element: HTMLInputElement, text: (value: string) => string): () => void {
  const note = document.createElement('div');
  note.className = 'psconnect-hint';
  element.closest('.form-row')?.append(note);
  const show = () => {
    note.textContent = text(element.value.trim());
  };
  element.addEventListener('input', show);
  show();
  return show;
}
