// Lets the countdown tick. Without it the page tells how long the link lasts as of when it was loaded.
for (const time of document.querySelectorAll("time[data-seconds]")) {
  const units = time.dataset.units.split(",");
  const end = performance.now() + Number(time.dataset.seconds) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    const parts = [Math.floor(left / 86400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60];
    const first = Math.max(0, parts.findIndex((part) => part > 0));
    const from = parts.some((part) => part > 0) ? first : 3;
    time.textContent = parts.slice(from, from + 2).map((part, index) => part + " " + units[from + index]).join(" ");
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}
