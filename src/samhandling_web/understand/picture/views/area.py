from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from samhandling_web.base.common.http import UserRequest
def area_list(request):
    return HttpResponse("")
def area(request, level, code):
    return HttpResponse("")
