"""The address that is entered at Alipay as 应用网关."""

from django.urls import path

from yibao.channels.alipay import views

urlpatterns = [path("", views.callback, name="alipay")]
