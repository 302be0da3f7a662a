// Times of today are told as readers think of them. The server's absolute time stays in the element's title.
const language = document.documentElement.lang;
const near = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" });
const clock = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });

for (const element of document.querySelectorAll("time[data-relative]")) {
  const then = new Date(element.dateTime);
  const minutes = Math.round((then - Date.now()) / 60_000);
  if (minutes <= 0 && minutes > -24 * 60) {
    element.title = clock.format(then);
    element.textContent = minutes > -60 ? near.format(minutes, "minute") : near.format(Math.round(minutes / 60), "hour");
  }
}
