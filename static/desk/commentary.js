// How long a decision can still be taken back, counted down. Without this the page says until when.

for (const told of document.querySelectorAll("[data-countdown]")) count(told, new Date(told.dataset.countdown));

function count(told, until) {
  const left = Math.ceil((until - Date.now()) / 1000);
  if (left <= 0) {
    told.textContent = "it may have left already";
    return;
  }
  told.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left to take the decision back`;
  setTimeout(count, 1000, told, until);
}
