"""The address that is entered at WeChat under 服务器配置."""

from django.urls import path

from yibao.channels.wechat import views

urlpatterns = [path("", views.callback, name="wechat")]
