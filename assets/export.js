"use strict";
const box = document.getElementById("find");
const found = document.getElementById("found");
const articles = [...document.querySelectorAll("main article")];
const groups = [...document.querySelectorAll(".day"), ...document.querySelectorAll(".month")];
let texts = null;
box.addEventListener("input", () => {
  texts ??= articles.map((article) => article.textContent.toLowerCase());
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  articles.forEach((article, index) => {
    article.hidden = !words.every((word) => texts[index].includes(word));
    count += article.hidden ? 0 : 1;
  });
  for (const group of groups) group.hidden = !group.querySelector("article:not([hidden])");
  found.textContent = words.length ? `${count} ${found.dataset.word}` : "";
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== box) {
    event.preventDefault();
    box.focus();
  }
});
