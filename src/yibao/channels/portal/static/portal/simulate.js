/* Draws the charts of a simulation with ECharts in place of the SVG, where there is room for more than a phone shows.
   The numbers are those of the page's own tables; without this script the SVG stays. Our own, no framework. */
"use strict";
document.addEventListener("DOMContentLoaded", function () {
  if (!window.echarts) { return; }
  var look = getComputedStyle(document.documentElement);
  function colour(name) { return look.getPropertyValue(name).trim(); }
  var drawn = [];
  Array.prototype.forEach.call(document.querySelectorAll(".drawn"), function (place) {
    var data = JSON.parse(place.nextElementSibling.textContent);
    if (!data.names || place.clientWidth < 560) { return; }
    var label = place.querySelector("svg").outerHTML ? data.title : "";
    place.textContent = "";
    place.classList.add("live");
    place.style.height = 56 + 44 * data.names.length + "px";
    var size = parseFloat(look.fontSize), text = { color: colour("--ink"), fontSize: size * 0.88, fontFamily: getComputedStyle(document.body).fontFamily };
    var chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption({
      animation: false, aria: { enabled: true, label: { description: label } }, textStyle: text,
      grid: { left: 8, right: 150, top: 8, bottom: 8, containLabel: true },
      tooltip: { trigger: "item", renderMode: "richText", formatter: function (one) { return one.name + "  " + data.texts[one.dataIndex]; } },
      xAxis: { type: "value", axisLabel: { show: false }, splitLine: { lineStyle: { color: colour("--line") } } },
      yAxis: { type: "category", inverse: true, data: data.names, axisTick: { show: false },
        axisLabel: { color: text.color, fontSize: text.fontSize, width: 210, overflow: "break" }, axisLine: { lineStyle: { color: colour("--ink") } } },
      series: [{ type: "bar", barMaxWidth: 26,
        data: data.values.map(function (value) { return { value: value, itemStyle: { color: value < 0 ? colour("--ink-2") : colour("--brand") } }; }),
        label: { show: true, position: "right", color: text.color, fontSize: text.fontSize, formatter: function (one) { return data.texts[one.dataIndex]; } } }]
    });
    drawn.push(chart);
  });
  window.addEventListener("resize", function () { drawn.forEach(function (chart) { chart.resize(); }); });
});
