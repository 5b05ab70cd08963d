// What was typed before this script arrived: on a slow line somebody may have written a whole answer by then, and gone on to the
// next. No browser puts old text back in our forms (autocomplete="off"), so what differs from the page as it came was typed now.

/** Whether somebody has changed this control since the page came. */
export function isTouched(control) {
  if (control.type === "hidden" || control.type === "file") return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (!control.options) return "defaultValue" in control && control.value !== control.defaultValue;
  const asItCame = Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
  return control.selectedIndex !== asItCame;
}

/** The form's controls that were written in before its script was there. */
export const touchedEarly = (form) => [...form.elements].filter(isTouched);
