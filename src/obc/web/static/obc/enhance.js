// Pages read and send without this; it moves the focus to what went wrong, and looks again while something is worked out.
document.body.classList.add("js-enabled");
const wrong = document.querySelector(".nhsuk-error-summary");
if (wrong) wrong.focus();

// While something is worked out, its part of the page is fetched anew; the rest, and the focus, stay where they are.
async function follow() {
  const shown = document.querySelector("[data-obc-follow]");
  if (!shown) return;
  try {
    const answer = await fetch(shown.dataset.obcFollow, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById(shown.id);
    if (!now) return;
    if (!now.dataset.obcFollow) return location.reload();
    if (now.innerHTML !== shown.innerHTML) shown.replaceChildren(...document.adoptNode(now).childNodes);
  } catch (error) {
    // the server is away for a moment: look again later
  }
  setTimeout(follow, 2000);
}
setTimeout(follow, 1000);
