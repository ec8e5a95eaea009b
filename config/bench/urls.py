"""Addresses of the measured program: the program's own, and the floors beside them."""

from django.urls import include, path

from config import urls as program
from config.bench import floors

floor_patterns = (
    [
        path("bang/<int:period>/<int:unit>/", floors.board_rows, name="board"),
        path("bieu/<int:submission>/", floors.month_rows, name="month"),
        path("mot-truy-van/<int:period>/", floors.one_query, name="one-query"),
        path("ca-nuoc/<int:number>/", floors.nation_rows, name="nation"),
        path("luu/", floors.upsert, name="upsert"),
    ],
    "floors",
)
urlpatterns = [path("nen/", include(floor_patterns)), *program.urlpatterns]

handler400, handler403, handler404 = program.handler400, program.handler403, program.handler404
