/** Whether a field that is asked of these forms (names with spaces between; none: of all) is asked of `form`. */
export function asks(forms: string, form: string): boolean {
  const named = forms.split(" ").filter(Boolean);
  return named.length === 0 || named.includes(form);
}
