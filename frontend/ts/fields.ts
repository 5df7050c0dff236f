/** The fields of a form that a person fills in, as text that a browser can keep. */
export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Name (with its place, since names may repeat) and field, without files and hidden ones. */
export function fields(form: Element): [string, Field][] {
  const named = form.querySelectorAll<Field>(
    "textarea[name], select[name], input[name]:not([type=file], [type=hidden], [type=password])",
  );
  return [...named].map((field, at) => [`${field.name}:${at}`, field]);
}

function isTick(field: Element): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

export function read(field: Field): string {
  return isTick(field) ? String(field.checked) : field.value;
}

export function write(field: Field, value: string): void {
  if (isTick(field)) field.checked = value === "true";
  else field.value = value;
}
