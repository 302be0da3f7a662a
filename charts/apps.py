from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "charts"

    def ready(self) -> None:
        from charts.chart import charts_of
        from richtext import register

        register("chart", charts_of, "charts/chart.html")
