// Pages read and send without this; it moves the focus to what went wrong, and looks again while something is worked out.
document.body.classList.add("js-enabled");
const wrong = document.querySelector(".nhsuk-error-summary");
if (wrong) wrong.focus();
